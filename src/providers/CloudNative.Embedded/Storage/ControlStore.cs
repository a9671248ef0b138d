using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Telemetry;
using CloudNative.Shared.Work;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Storage;

/// <summary>
/// The database that holds registry and leases. All work runs on one thread, in order; all writes are immediate
/// transactions.
/// </summary>
internal sealed class ControlStore : IAsyncDisposable
{
    public const string FileName = "control.db";

    private readonly StoreThread _thread;
    private readonly DataDirectory _directory;
    private readonly EmbeddedMetrics _metrics;
    private SqliteConnection? _connection;

    private ControlStore(DataDirectory directory, EmbeddedMetrics metrics, TimeProvider time)
    {
        _thread = new StoreThread("cloudnative-embedded", time);
        _directory = directory;
        _metrics = metrics;
    }

    public static async Task<ControlStore> OpenAsync(
        DataDirectory directory, TimeSpan busyTimeout, EmbeddedMetrics metrics, TimeProvider time)
    {
        var store = new ControlStore(directory, metrics, time);
        try
        {
            await store.RunAsync(
                "open",
                () => store._connection = StoreOpener.Open(directory, ControlSchema.Schema, busyTimeout),
                default).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads. The cancellation counts until the work begins.</summary>
    public Task<T> ReadAsync<T>(string operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        RunAsync(operation, () => work(Connection), cancellationToken);

    /// <summary>
    /// Writes in one immediate transaction; what it did is visible to all processes when the task completes.
    /// </summary>
    public Task<T> WriteAsync<T>(string operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        RunAsync(operation, () => Write(work), cancellationToken);

    /// <summary>Writes as <see cref="WriteAsync"/> does, and has it on the disk before the task completes.</summary>
    public Task<T> WriteDurablyAsync<T>(string operation, Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        RunAsync(
            operation,
            () =>
            {
                Connection.Execute("PRAGMA synchronous = FULL");
                try
                {
                    return Write(work);
                }
                finally
                {
                    Connection.Execute("PRAGMA synchronous = NORMAL");
                }
            },
            cancellationToken);

    /// <summary>Posts work that calls <see cref="Read"/> or <see cref="Write"/> and handles what they throw.</summary>
    public bool TryPost(Action work) => _thread.TryPost(work);

    /// <summary>Has such work done when some time has passed, in place of what was scheduled before.</summary>
    public void Schedule(TimeSpan delay, Action work) => _thread.Schedule(delay, work);

    /// <summary>Reads, on the store's own thread only.</summary>
    public T Read<T>(Func<SqliteConnection, T> work) => Translated(() => work(Connection));

    /// <summary>Writes, on the store's own thread only.</summary>
    public T Write<T>(Func<SqliteConnection, T> work) => Translated(() =>
    {
        using var transaction = Connection.BeginTransaction(deferred: false);
        var result = work(Connection);
        transaction.Commit();
        return result;
    });

    public async ValueTask DisposeAsync()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _thread.TryPost(() =>
        {
            Close();
            closed.SetResult();
        });
        _thread.Dispose();
        if (posted)
        {
            await closed.Task.ConfigureAwait(false);
        }
    }

    private SqliteConnection Connection =>
        _connection ?? throw new EmbeddedStoreException(ErrorIds.StoreFailed, "The store is closed.");

    private void Close()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (SqliteException)
        {
            // The last one out tidies the log up; when it cannot, the next one in does.
        }

        _connection = null;
    }

    private Task<T> RunAsync<T>(string operation, Func<T> work, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = _thread.TryPost(() =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                completion.SetCanceled(cancellationToken);
                return;
            }

            var started = _metrics.Now;
            try
            {
                completion.SetResult(Translated(work));
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }

            _metrics.RecordOperation(operation, started, completion.Task.IsCompletedSuccessfully);
        });
        return posted
            ? completion.Task
            : Task.FromException<T>(new EmbeddedStoreException(ErrorIds.StoreFailed, "The store is closed."));
    }

    private T Translated<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Translate(exception, _directory.Path);
        }
    }
}
