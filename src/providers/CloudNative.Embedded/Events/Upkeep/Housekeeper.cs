using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using CloudNative.Shared.EventLog;
using CloudNative.Shared.Work;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Events.Upkeep;

/// <summary>
/// Looks after the file on a thread of its own beside the writer: moves what was written from the write-ahead log into the database, and
/// finds what is old enough to go. What it finds the writer removes, little by little. In quiet times it reads only.
/// </summary>
internal sealed partial class Housekeeper : IAsyncDisposable
{
    private const int RowsBetweenCheckpoints = 1000;

    // Pages. A log that is short is soon written over from its start, which the disk does faster than making a file longer.
    private const int LongLog = 1000;

    private const double NearlyFull = 0.9;

    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly StoreThread _thread;
    private readonly EventConnection _connection;
    private readonly LogSession _session;
    private readonly TimeSpan _pause;
    private Task _round = Task.CompletedTask;
    private int _rows;
    private int _posted;

    public Housekeeper(EventConnection connection, LogSession session)
    {
        _connection = connection;
        _session = session;
        _pause = session.Options.Events.Retention / 10 < _longestPause ? session.Options.Events.Retention / 10 : _longestPause;
        _thread = new StoreThread("cloudnative-events-upkeep", session.TimeProvider);
        _thread.Schedule(_pause, TidyInTurn);
    }

    /// <summary>Counts what this process wrote; now and then that makes a checkpoint worth while.</summary>
    public void Wrote(int rows)
    {
        // A commit of its own costs some pages whatever is in it.
        _rows += rows + 12;
        if (_rows >= RowsBetweenCheckpoints && Interlocked.Exchange(ref _posted, 1) == 0)
        {
            _rows = 0;
            _thread.TryPost(Checkpoint);
        }
    }

    /// <summary>Throws when the log has reached its size. On the writer's thread, in a transaction.</summary>
    public void EnsureRoom(EventConnection connection)
    {
        var size = Size(connection);
        var limit = _session.Options.Events.MaxSize;
        if (size > limit * NearlyFull)
        {
            _ = TidySoon();
        }

        if (size > limit)
        {
            throw new EmbeddedStoreException(
                ErrorIds.LogFull,
                $"The event log in '{_session.Node.Directory.Path}' has reached {limit} bytes "
                + $"({EmbeddedOptions.SectionName}:Events:MaxSize){Retention.Culprit(connection.Tables)}. Let the groups catch up, "
                + "or raise the limit.");
        }
    }

    /// <summary>Removes what is old enough to go, soon. Ends with the round that does, begun now or before.</summary>
    public Task TidySoon()
    {
        lock (_gate)
        {
            if (_round.IsCompleted)
            {
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (_thread.TryPost(() => _session.Own(TidyAsync(ended))))
                {
                    _round = ended.Task;
                }
            }

            return _round;
        }
    }

    public async ValueTask DisposeAsync()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_thread.TryPost(() =>
            {
                _connection.Dispose();
                closed.SetResult();
            }))
        {
            _thread.Dispose();
            await closed.Task.ConfigureAwait(false);
        }
    }

    private static long Size(EventConnection connection)
    {
        var pages = connection.Prepare("PRAGMA page_count").Scalar()!.Value;
        return (pages - connection.Prepare("PRAGMA freelist_count").Scalar()!.Value) * EventConnection.PageSize;
    }

    private void TidyInTurn()
    {
        _ = TidySoon();
        _thread.Schedule(_pause, TidyInTurn);
    }

    private async Task TidyAsync(TaskCompletionSource ended)
    {
        var missed = new Dictionary<(string Topic, string Group), long>();
        try
        {
            bool hasMore;
            do
            {
                // A look reads; only what it finds is written about.
                var isFull = await ReadAsync(connection => Size(connection) > _session.Options.Events.MaxSize * NearlyFull)
                    .ConfigureAwait(false);
                var before = isFull ? long.MaxValue : _session.Now - (long)_session.Options.Events.Retention.TotalMilliseconds;
                var gone = _session.Now - (long)_session.Options.Events.Retention.TotalMilliseconds;
                var topics = await ReadAsync(connection => Retention.Find(connection.Tables, before, gone)).ConfigureAwait(false);
                hasMore = false;
                foreach (var (topic, name) in topics)
                {
                    var removal = await _session.Writer.RunAsync(
                        (connection, _) => Retention.RemoveSome(connection.Tables, topic, before, gone)).ConfigureAwait(false);
                    hasMore |= removal.HasMore;
                    foreach (var (group, count) in removal.Missed)
                    {
                        var key = (name, group);
                        missed[key] = missed.GetValueOrDefault(key) + count;
                    }
                }
            }
            while (hasMore);
        }
        catch (EmbeddedStoreException exception)
        {
            _session.Look(exception); // The next round tries again.
        }
        finally
        {
            foreach (var ((topic, group), count) in missed)
            {
                LogMissed(_session.Logger, count, topic, group, _session.Options.Events.Retention);
                _session.Metrics.EventsMissed(topic, group, count);
            }

            ended.SetResult();
        }
    }

    private Task<T> ReadAsync<T>(Func<EventConnection, T> read) => _session.Reader.RunAsync(read);

    private void Checkpoint()
    {
        Volatile.Write(ref _posted, 0);
        try
        {
            var result = _connection.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
            if (result.Step())
            {
                var (log, done) = (result.Int64(1), result.Int64(2));
                result.Reset();
                if (log > LongLog && done < log)
                {
                    _session.Writer.FinishCheckpointSoon();
                }
            }
        }
        catch (SqliteException)
        {
            // It is tried again after the next rows; writers see for themselves what is wrong with the disk.
        }
    }
}
