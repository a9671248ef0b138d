using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// The one thread of this process that reads the log. It is woken when events were stored, here or in a process that tells; a look at one
/// number now and then, often after a change and seldom in quiet times, is the safety net. It writes nothing.
/// </summary>
internal sealed class LogReader : IAsyncDisposable
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);

    private readonly StoreThread _thread;
    private readonly EventConnection _connection;
    private readonly LogSession _session;
    private readonly List<GroupMember> _members = [];
    private TimeSpan _interval = _shortest;
    private long _version = -1;
    private int _posted;
    private volatile bool _hasMembers;
    private bool _isEnded;

    public LogReader(EventConnection connection, LogSession session)
    {
        _connection = connection;
        _session = session;
        _thread = new StoreThread("cloudnative-events-read", session.TimeProvider);
    }

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
    public Task<T> RunAsync<T>(Func<EventConnection, T> work)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isPosted = _thread.TryPost(() =>
        {
            try
            {
                completion.SetResult(work(_connection));
            }
            catch (Exception exception)
            {
                completion.SetException(Translate(exception));
            }
        });
        return isPosted ? completion.Task : Task.FromException<T>(Closed());
    }

    public Task AddAsync(GroupMember member) => RunAsync(_ =>
    {
        _members.Add(member);
        Listen();
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
        Listen();
        return 0;
    });

    public async ValueTask DisposeAsync()
    {
        Task closed = RunAsync(connection =>
        {
            _isEnded = true;
            connection.Dispose();
            return 0;
        });
        _thread.Dispose();
        await closed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static EmbeddedStoreException Closed() => new(ErrorIds.StoreFailed, "The event log is closed.");

    private void Listen()
    {
        _hasMembers = _members.Count > 0;
        _session.Node.ListenForEvents(_hasMembers);
    }

    private void Tick()
    {
        if (_members.Count == 0 || _isEnded)
        {
            return;
        }

        try
        {
            _connection.EnsureThere();
            var version = _connection.Prepare("PRAGMA data_version").Scalar() ?? 0;
            var isChanged = version != _version;
            _version = version;
            _interval = isChanged ? _shortest : Min(_interval * 2, _session.Options.PollInterval);
            if (isChanged)
            {
                // Whoever wrote that may not have heard that somebody here reads.
                _session.Node.ListenForEvents(true);
            }

            if (isChanged || _session.Trouble.IsOn || _members.Exists(member => member.IsRestless))
            {
                Pump(timed: true);
            }

            if (_session.Trouble.IsWriting)
            {
                _members.ForEach(member => member.Beat());
            }
        }
        catch (Exception exception) when (exception is SqliteException or EmbeddedStoreException)
        {
            _session.ReadFailed(Translate(exception));
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
                member.Pump(_connection.Tables, timed);
            }
            catch (Exception exception)
            {
                var translated = Translate(exception);
                failure = translated.Message;
                _session.Look(translated);
            }
        }

        _session.Trouble.Read(failure); // Once for all members, or the answer would change with each of them.
    }

    private Exception Translate(Exception exception) => exception is SqliteException or IOException or UnauthorizedAccessException
        ? StoreErrors.Translate(exception, _session.Node.Directory.Path, EventSchema.Schema)
        : exception;

    private void Schedule() => _thread.Schedule(_interval, Tick);

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
