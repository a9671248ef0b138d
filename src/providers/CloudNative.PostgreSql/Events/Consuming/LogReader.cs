using CloudNative.PostgreSql.Configuration;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Events.Storage;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;

namespace CloudNative.PostgreSql.Events.Consuming;

/// <summary>
/// The one thread of this process that reads the log. It is woken when events were stored, here or by who tells; a look at one number now
/// and then, often after a change and seldom in quiet times, is the safety net.
/// </summary>
internal sealed class LogReader : IAsyncDisposable
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);

    private readonly LogContext _context;
    private readonly LogSession _session;
    private readonly StoreThread _thread;
    private readonly PgTables _tables;
    private readonly List<GroupMember> _members = [];
    private TimeSpan _interval = _shortest;
    private long _version = -1;
    private int _posted;
    private volatile bool _hasMembers;
    private bool _isEnded;

    public LogReader(LogContext context, LogSession session)
    {
        _context = context;
        _session = session;
        Connection = new PgConnection(context.Database);
        _tables = new PgTables(Connection, locks: false);
        _thread = new StoreThread("cloudnative-events-read", context.TimeProvider);
    }

    public PgTables Tables => _tables;

    /// <summary>For the reader's thread.</summary>
    public PgConnection Connection { get; }

    /// <summary>Looks as soon as the thread is free; many calls make one look.</summary>
    public void Wake()
    {
        if (_hasMembers && Interlocked.Exchange(ref _posted, 1) == 0)
        {
            _thread.TryPost(() =>
            {
                Interlocked.Exchange(ref _posted, 0); // Before anything is read, or what comes meanwhile might not be looked for.
                Pump(timed: false);
            });
        }
    }

    /// <summary>Runs on the reader's thread.</summary>
    public Task<T> RunAsync<T>(Func<PgTables, T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPosted = _thread.TryPost(() =>
        {
            try
            {
                completion.SetResult(work(_tables));
            }
            catch (Exception exception)
            {
                completion.SetException(Translate(exception));
            }
        });
        return isPosted
            ? completion.Task
            : Task.FromException<T>(new PostgreSqlStoreException(ErrorIds.Failed, "The event log is closed."));
    }

    public Task AddAsync(GroupMember member) => RunAsync(_ =>
    {
        _members.Add(member);
        _hasMembers = true;
        if (_members.Count == 1)
        {
            Schedule();
        }

        Wake();
        return 0;
    });

    public Task RemoveAsync(GroupMember member) => RunAsync(_ =>
    {
        _members.Remove(member);
        _hasMembers = _members.Count > 0;
        return 0;
    });

    public async ValueTask DisposeAsync()
    {
        Task closed = RunAsync(_ =>
        {
            _isEnded = true;
            Connection.Dispose();
            return 0;
        });
        _thread.Dispose();
        await closed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Tick()
    {
        if (_members.Count == 0 || _isEnded)
        {
            return;
        }

        try
        {
            var version = _tables.Version();
            var isChanged = version != _version;
            _version = version;
            _interval = isChanged ? _shortest : Min(_interval * 2, _context.Options.PollInterval);
            if (isChanged || _session.Trouble.IsOn || _members.Exists(member => member.IsRestless))
            {
                Pump(timed: true);
            }

            if (_session.Trouble.IsWriting)
            {
                _members.ForEach(member => member.Beat());
            }
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            _session.Trouble.Read(Translate(exception).Message);
            _interval = Min(_interval * 2, _context.Options.PollInterval);
        }

        Schedule();
    }

    private void Pump(bool timed)
    {
        string? failure = null;
        foreach (var member in _members.ToArray())
        {
            if (_isEnded)
            {
                return;
            }

            try
            {
                member.Pump(_tables, timed);
            }
            catch (Exception exception)
            {
                failure = Translate(exception).Message;
            }
        }

        _session.Trouble.Read(failure); // Once for all members, or the answer would change with each of them.
    }

    private Exception Translate(Exception exception)
    {
        if (!DatabaseErrors.IsKnown(exception))
        {
            return exception;
        }

        Connection.Release();
        return _context.Database.Translate(exception);
    }

    private void Schedule() => _thread.Schedule(_interval, Tick);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
