using System.Security.Cryptography;
using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events.Consuming;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Upkeep;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using CloudNative.Eventing;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Events;

/// <summary>
/// The open log: its connections and threads, for as long as file and membership of this process last.
/// </summary>
internal sealed class LogSession : ILogSession, IAsyncDisposable
{
    private readonly LogContext _context;
    private readonly Action<LogSession> _lost;
    private readonly OwnedTasks _tasks = new();
    private readonly CancellationTokenSource _stopping = new();

    private LogSession(
        NodeSession node, LogContext context, EventConnection[] connections, Action<LogSession> lost, Action<string?> troubled)
    {
        Node = node;
        _context = context;
        _lost = lost;
        Trouble = new Trouble(troubled);
        Writer = new LogWriter(
            connections[0],
            Turnstile(node.Directory.Path),
            new WriterContext(node.Directory, context.TimeProvider, context.Metrics, Written));
        Reader = new LogReader(connections[1], this);
        Housekeeper = new Housekeeper(connections[2], this);
    }

    public NodeSession Node { get; }

    public LogWriter Writer { get; }

    public LogReader Reader { get; }

    public Housekeeper Housekeeper { get; }

    public Trouble Trouble { get; }

    public EmbeddedOptions Options => _context.Options;

    public TimeProvider TimeProvider => _context.TimeProvider;

    public EmbeddedMetrics Metrics => _context.Metrics;

    public ILogger Logger => _context.Logger;

    /// <summary>The time, in Unix milliseconds.</summary>
    public long Now => TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="node">This process among those of its app.</param>
    /// <param name="context">What the log needs.</param>
    /// <param name="lost">Called, perhaps more than once, when the file was taken away.</param>
    /// <param name="troubled">Called when members cannot read or settle, and with null when they can again.</param>
    public static async Task<LogSession> OpenAsync(
        NodeSession node, LogContext context, Action<LogSession> lost, Action<string?> troubled)
    {
        var session = await Task.Run(() => Open(node, context, lost, troubled)).ConfigureAwait(false);
        node.EventsTold = session.Reader.Wake;
        session.Own(session.WatchProcessesAsync());
        return session;
    }

    public void Wake() => Reader.Wake();

    public bool IsGone(string member) => Node.IsGone(member);

    public Task<T> ReadAsync<T>(Func<ILogTables, T> work) => Reader.RunAsync(connection => work(connection.Tables));

    public Task<T> WriteAsync<T>(Func<ILogTables, ILogScope, T> work, bool durable = false) =>
        Writer.RunAsync((connection, scope) => work(connection.Tables, scope), durable);

    public Task<bool> SettleAsync(GroupMember member, Entry entry, Settlement? settlement)
    {
        var request = new SettleRequest(member, entry, settlement);
        Writer.Post(request);
        return request.Task;
    }

    public Task ChangeAsync(GroupMember member, ShareChange change)
    {
        var request = new ChangeRequest(member, change);
        Writer.Post(request);
        return request.Task;
    }

    public async Task<GroupMember> JoinAsync(SubscriptionSpec spec, IDeliverySink sink, Action<GroupMember> ended)
    {
        var flight = $"{Node.MemberId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.flight";
        var record = new FlightRecord(FlightPath(flight), spec.MaxInFlight);
        try
        {
            var row = SubscriberRow.Of(spec, Node.MemberId, flight);
            var joined = await WriteAsync((tables, scope) => GroupMembership.Join(tables, scope, spec, row), durable: true)
                .ConfigureAwait(false);
            return new GroupMember(this, spec, sink, joined, record, ended);
        }
        catch
        {
            record.Dispose();
            throw;
        }
    }

    public Task<bool> BeatAsync(long id) => WriteAsync((tables, _) => tables.Beat(id));

    public Task AddAsync(GroupMember member) => Reader.AddAsync(member);

    public Task RemoveAsync(GroupMember member) => Reader.RemoveAsync(member);

    /// <summary>Takes work on that nobody else waits for.</summary>
    public void Own(Task task) => _tasks.Add(task);

    public void ReadFailed(Exception exception)
    {
        Trouble.Read(exception.Message);
        Look(exception);
    }

    public void WriteFailed(Exception exception)
    {
        Trouble.Write(exception.Message);
        Look(exception);
    }

    /// <summary>Whether a failure means that this session is over.</summary>
    public void Look(Exception exception)
    {
        if (exception is EmbeddedStoreException { Id: ErrorIds.StoreGone })
        {
            _lost(this);
        }
    }

    /// <summary>Puts a member out of its group, unless somebody was faster.</summary>
    public void Evict(GroupRow group, SubscriberRow member, bool hasDied) => Own(EvictAsync(group, member, hasDied));

    public string FlightPath(string flight) => Path.Combine(Node.Directory.Instances, flight);

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        Node.EventsTold = null;
        await _tasks.WhenAllAsync().ConfigureAwait(false);
        await Housekeeper.DisposeAsync().ConfigureAwait(false);
        await Writer.DisposeAsync().ConfigureAwait(false);
        await Reader.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static LogSession Open(NodeSession node, LogContext context, Action<LogSession> lost, Action<string?> troubled)
    {
        var connections = new EventConnection[3];
        try
        {
            for (var index = 0; index < connections.Length; index++)
            {
                connections[index] = EventConnection.Open(node.Directory, context.Options.BusyTimeout);
            }

            return new LogSession(node, context, connections, lost, troubled);
        }
        catch (Exception exception)
        {
            Array.ForEach(connections, connection => connection?.Dispose());
            throw StoreErrors.Translate(exception, node.Directory.Path, EventSchema.Schema);
        }
    }

    private static ITurnstile Turnstile(string directory) =>
        OperatingSystem.IsWindows() ? new MutexTurnstile(directory) : new FileTurnstile(directory);

    // On the writer's thread, after each commit.
    private void Written(bool isTold, int rows)
    {
        Trouble.Write(null);
        Housekeeper.Wrote(rows);
        if (isTold)
        {
            Reader.Wake();
            Node.TellOfEvents();
        }
    }

    private async Task WatchProcessesAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var next = _context.Node.Changes.Next;
            try
            {
                var gone = await Reader.RunAsync(FindGone).ConfigureAwait(false);
                foreach (var (group, member) in gone)
                {
                    await EvictAsync(group, member, hasDied: true).ConfigureAwait(false);
                }

                await next.WaitAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (EmbeddedStoreException exception)
            {
                Look(exception);
                await next.WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private List<(GroupRow Group, SubscriberRow Member)> FindGone(EventConnection connection) =>
        [.. SubscriberRows.ReadAll(connection)
            .GroupBy(pair => pair.Member.Member)
            .Where(process => Node.IsGone(process.Key))
            .SelectMany(process => process)
            .Select(pair => (GroupRows.Find(connection, pair.Group)!, pair.Member))
            .Where(pair => pair.Item1 is not null)];

    private async Task EvictAsync(GroupRow group, SubscriberRow member, bool hasDied)
    {
        try
        {
            var path = FlightPath(member.Flight);
            await WriteAsync((tables, scope) => Eviction.Run(tables, scope, group, member, FlightRecord.Read(path), hasDied))
                .ConfigureAwait(false);
            if (hasDied)
            {
                FlightRecord.Remove(path);
            }
        }
        catch (EmbeddedStoreException exception)
        {
            Look(exception); // The next look finds it again.
        }
    }
}
