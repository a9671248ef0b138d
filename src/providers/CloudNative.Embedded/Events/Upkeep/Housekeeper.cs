using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Events.Upkeep;

/// <summary>Moves what was written from the write-ahead log into the database, on a thread of its own beside the writer.</summary>
internal sealed class Housekeeper : IAsyncDisposable
{
    private const int RowsBetween = 4000;
    private const int LongLog = 4000; // Pages.

    private readonly StoreThread _thread = new("cloudnative-events-upkeep");
    private readonly EventConnection _connection;
    private readonly LogSession _session;
    private int _rows;
    private int _posted;

    public Housekeeper(EventConnection connection, LogSession session)
    {
        _connection = connection;
        _session = session;
    }

    /// <summary>Counts what this process wrote; now and then that makes a checkpoint worth while.</summary>
    public void Wrote(int rows)
    {
        // A commit of its own costs some pages whatever is in it.
        _rows += rows + 12;
        if (_rows >= RowsBetween && Interlocked.Exchange(ref _posted, 1) == 0)
        {
            _rows = 0;
            _thread.TryPost(Checkpoint);
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
