using System.Diagnostics.CodeAnalysis;
using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// The one thread of this process that writes events.db. What waits when it begins, and what comes while it writes, goes into one
/// transaction and shares its way to the disk.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The thread disposes what it waits on when it has ended.")]
internal sealed class LogWriter : IAsyncDisposable
{
    private const int MostRows = 512;
    private const int DisposeSeconds = 10;

    private static readonly TimeSpan _longestGathering = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _shortPatience = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly Queue<WriteRequest> _queue = new();
    private readonly AutoResetEvent _ready = new(false); // Sleeps at once, see StoreThread.
    private readonly List<WriteRequest> _group = new(MostRows);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventConnection _connection;
    private readonly ITurnstile _turnstile;
    private readonly WriterContext _context;
    private readonly DiskSync _sync;
    private readonly List<WriteRequest> _unforced = [];
    private bool _idle = true;
    private bool _closed;
    private bool _outOfTurn;
    private bool _isCheckpointUnfinished;

    public LogWriter(EventConnection connection, ITurnstile turnstile, WriterContext context)
    {
        _connection = connection;
        _turnstile = turnstile;
        _context = context;
        _sync = new DiskSync(context.Directory.Path);
        new Thread(Run) { IsBackground = true, Name = "cloudnative-events-write" }.Start();
    }

    /// <summary>Hands a request over. It fails when the writer has been closed.</summary>
    public void Post(WriteRequest request)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _queue.Enqueue(request);
                if (_idle)
                {
                    _idle = false;
                    _ready.Set();
                }

                return;
            }
        }

        request.Failed(Closed());
    }

    public Task<T> RunAsync<T>(Func<EventConnection, WriteScope, T> work, bool durable = false)
    {
        var request = new WorkRequest<T>(work, durable);
        Post(request);
        return request.Task;
    }

    /// <summary>Asks for the last part of a checkpoint, in this process's next turn.</summary>
    public void FinishCheckpointSoon() => Volatile.Write(ref _isCheckpointUnfinished, true);

    /// <summary>Ends after what was posted.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _ready.Set();
            }
        }

        await _ended.Task.WaitAsync(TimeSpan.FromSeconds(DisposeSeconds), TimeProvider.System)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static EmbeddedStoreException Closed() => new(ErrorIds.StoreFailed, "The event log is closed.");

    private void Run()
    {
        while (WaitForWork())
        {
            var started = _context.Metrics.Now;
            var succeeded = WriteGroup(_group);
            _context.Metrics.RecordOperation("events.write", started, succeeded);
            if (!succeeded && _group.Count > 1)
            {
                // One of them may be at fault for all.
                foreach (var request in _group.ToArray())
                {
                    WriteAlone(request);
                }
            }

            _group.Clear();
        }

        _sync.Close();
        _turnstile.Dispose();
        _connection.Dispose();
        _ready.Dispose();
        _ended.SetResult();
    }

    private bool WaitForWork()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_queue.TryDequeue(out var first))
                {
                    _group.Add(first);
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                _idle = true;
            }

            _ready.WaitOne();
        }
    }

    private void WriteAlone(WriteRequest request)
    {
        _group.Clear();
        _group.Add(request);
        WriteGroup(_group, alone: true);
    }

    private bool WriteGroup(List<WriteRequest> group, bool alone = false)
    {
        var entered = Enter();
        WriteScope? scope = null;
        try
        {
            scope = Transact(group, alone);
        }
        catch (Exception exception)
        {
            _connection.Rollback();
            var translated = Translate(exception);
            if (alone || group.Count == 1)
            {
                group.ForEach(request => request.Failed(translated));
            }
        }
        finally
        {
            FinishCheckpoint();
            if (entered)
            {
                _turnstile.Leave();
            }
        }

        if (scope is null)
        {
            return false;
        }

        scope.Committed();
        Acknowledge(group);
        _context.Written(scope.IsTold, group.Sum(request => request.Rows));
        return true;
    }

    // What has to be on the disk is acknowledged when it is; outside of the turnstile, so that no other process waits for that.
    private void Acknowledge(List<WriteRequest> group)
    {
        foreach (var request in group)
        {
            if (request.Durable)
            {
                _unforced.Add(request);
            }
            else
            {
                request.Committed();
            }
        }

        if (group.Count == 1)
        {
            _sync.Acknowledge(_unforced); // Nobody else waits, so the way to another thread is not worth it.
        }
        else if (_unforced.Count > 0)
        {
            _sync.Post(_unforced);
        }

        _unforced.Clear();
    }

    // A checkpoint that runs beside writers never quite ends, and the write-ahead log would grow for ever. In this process's turn there is
    // little left to do and nobody who adds to it.
    private void FinishCheckpoint()
    {
        if (!Interlocked.Exchange(ref _isCheckpointUnfinished, false))
        {
            return;
        }

        try
        {
            _connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // The next one tries again.
        }
    }

    // Somebody who is paused in front of SQLite's lock must not stop all others for longer than once.
    private bool Enter()
    {
        var entered = _turnstile.TryEnter(_outOfTurn ? _shortPatience : _patience);
        _outOfTurn = !entered;
        return entered;
    }

    private WriteScope Transact(List<WriteRequest> group, bool alone)
    {
        _connection.EnsureThere();
        var started = _context.TimeProvider.GetTimestamp();
        var rows = group[0].Rows;
        _connection.Begin();
        var scope = new WriteScope(_connection, _context.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds());
        var done = 0;
        do
        {
            if (!alone && rows < MostRows && _context.TimeProvider.GetElapsedTime(started) < _longestGathering)
            {
                rows += Gather(group, rows);
            }

            for (; done < group.Count; done++)
            {
                group[done].Run(_connection, scope);
            }
        }
        while (!alone && rows < MostRows && HasMore() && _context.TimeProvider.GetElapsedTime(started) < _longestGathering);

        scope.Finish();
        _connection.Commit();
        return scope;
    }

    private bool HasMore()
    {
        lock (_gate)
        {
            return _queue.TryPeek(out var next) && next.Rows < MostRows;
        }
    }

    private int Gather(List<WriteRequest> group, int rows)
    {
        var gathered = 0;
        lock (_gate)
        {
            while (_queue.TryPeek(out var next) && rows + gathered + next.Rows <= MostRows)
            {
                group.Add(_queue.Dequeue());
                gathered += next.Rows;
            }
        }

        return gathered;
    }

    private Exception Translate(Exception exception) =>
        exception is SqliteException or IOException or UnauthorizedAccessException
            ? StoreErrors.Translate(exception, _context.Directory.Path, EventSchema.Schema)
            : exception;
}
