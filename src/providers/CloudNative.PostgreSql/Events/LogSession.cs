using System.Security.Cryptography;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Events.Consuming;
using CloudNative.PostgreSql.Events.Storage;
using CloudNative.PostgreSql.Events.Upkeep;
using CloudNative.PostgreSql.Events.Writing;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;

namespace CloudNative.PostgreSql.Events;

/// <summary>
/// The open log of this process: its threads and connections. They come back by themselves, so it lasts as long as the
/// host.
/// </summary>
internal sealed class LogSession : ILogSession, IAsyncDisposable
{
    private readonly LogContext _context;
    private readonly OwnedTasks _tasks = new();
    private readonly ServerClock _clock;
    private readonly Presence _presence;
    private readonly Notifier _notifier;
    private readonly AppendQueue _appends;
    private readonly LogWriter _writer;
    private readonly LogReader _reader;
    private readonly DeathWatch _deaths;
    private readonly Housekeeper _housekeeper;

    /// <param name="context">What the log needs.</param>
    /// <param name="clock">The server's time.</param>
    /// <param name="troubled">Called when members cannot read or settle, and with null when they can again.</param>
    public LogSession(LogContext context, ServerClock clock, Action<string?> troubled)
    {
        _context = context;
        _clock = clock;
        Trouble = new Trouble(troubled);
        _presence = new Presence(context, clock, Wake);
        _notifier = new Notifier(context, _presence);
        _deaths = new DeathWatch(context.TimeProvider);
        _writer = new LogWriter(context, this);
        _reader = new LogReader(context, this);
        _appends = new AppendQueue(() => new AppendLane(context, clock, () => _presence.Name, Appended));
        _housekeeper = new Housekeeper(context, this);
    }

    public TimeProvider TimeProvider => _context.TimeProvider;

    public long Now => _clock.Now;

    public Trouble Trouble { get; }

    public Task AppendAsync(NewEvent[] events) => _appends.AppendAsync(events);

    public void Wake() => _reader.Wake();

    /// <summary>Has members here and elsewhere look.</summary>
    public void Tell()
    {
        Wake();
        _notifier.Tell();
    }

    // The look that a member takes soon after it joined finds what was stored before it was there.
    private void Appended(bool isForOthers)
    {
        Wake();
        if (isForOthers)
        {
            _notifier.Tell();
        }
    }

    public Task<T> ReadAsync<T>(Func<ILogTables, T> work) => _reader.RunAsync(tables => work(tables));

    public Task<T> ReadTablesAsync<T>(Func<PgTables, T> work) => _reader.RunAsync(work);

    public Task<T> WriteAsync<T>(Func<ILogTables, ILogScope, T> work, bool durable = false) =>
        _writer.RunAsync((tables, scope) => work(tables, scope));

    public Task<T> WriteTablesAsync<T>(Func<PgTables, WriteScope, T> work) => _writer.RunAsync(work);

    public Task<bool> SettleAsync(GroupMember member, Entry entry, Settlement? settlement)
    {
        var request = new SettleRequest(member, entry, settlement);
        _writer.Settle(request);
        return request.Task;
    }

    public Task ChangeAsync(GroupMember member, ShareChange change) => _writer.ChangeAsync(member, change);

    public Task<bool> BeatAsync(long id) => _writer.RunAloneAsync(connection =>
    {
        using var command = connection.Command($"SELECT {connection.Schema}.beat_member($1)", id);
        return (bool)command.ExecuteScalar()!;
    });

    public async Task<GroupMember> JoinAsync(SubscriptionSpec spec, IDeliverySink sink, Action<GroupMember> ended)
    {
        await _presence.EnsureAsync(CancellationToken.None).ConfigureAwait(false);
        var record = new FlightNotes(_reader.Connection, spec.MaxInFlight);
        var row = SubscriberRow.Of(spec, _presence.Name, $"{_presence.Name}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        var joined = await WriteAsync((tables, scope) => GroupMembership.Join(tables, scope, spec, row)).ConfigureAwait(false);
        record.Member = joined.Id;
        return new GroupMember(this, spec, sink, joined, record, ended);
    }

    public Task AddAsync(GroupMember member) => _reader.AddAsync(member);

    public Task RemoveAsync(GroupMember member) => _reader.RemoveAsync(member);

    public void Own(Task task) => _tasks.Add(task);

    public void Evict(GroupRow group, SubscriberRow member, bool hasDied) => Own(EvictAsync(group, member, hasDied));

    public bool IsGone(string member) => _deaths.IsGone(_reader.Tables, member);

    public void WriteFailed(Exception exception) => Trouble.Write(exception.Message);

    public async ValueTask DisposeAsync()
    {
        await _housekeeper.DisposeAsync().ConfigureAwait(false);
        await _tasks.WhenAllAsync().ConfigureAwait(false);
        await _appends.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
        await _notifier.DisposeAsync().ConfigureAwait(false);
        await _presence.DisposeAsync().ConfigureAwait(false);
    }

    private async Task EvictAsync(GroupRow group, SubscriberRow member, bool hasDied)
    {
        try
        {
            await WriteTablesAsync((tables, scope) => Eviction.Run(tables, scope, group, member, tables.Flights(member.Id), hasDied))
                .ConfigureAwait(false);
        }
        catch (LogFailure)
        {
            // The next look finds it again.
        }
    }
}
