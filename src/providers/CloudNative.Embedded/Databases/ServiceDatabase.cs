using CloudNative.Embedded.Storage;
using CloudNative.Shared.Work;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Databases;

/// <summary>
/// The service's own database, by a connection and a thread of our own: SQLite blocks while others write. The thread begins with the
/// first work. Journal mode and everything else that others would notice stay as the service has set them.
/// </summary>
internal sealed class ServiceDatabase : IAsyncDisposable, IDisposable
{
    private readonly Func<string> _connectionString;
    private readonly Func<SqliteOutboxOptions> _options;
    private readonly Lazy<StoreThread> _thread = new(() => new StoreThread("cloudnative-outbox"));
    private readonly Lock _naming = new();
    private SqliteConnection? _connection;
    private string? _identity;
    private int _disposed;

    /// <param name="connectionString">The connection string, asked for at first use.</param>
    /// <param name="options">The options, likewise.</param>
    public ServiceDatabase(Func<string> connectionString, Func<SqliteOutboxOptions> options)
    {
        _connectionString = connectionString;
        _options = options;
    }

    public SqliteOutboxOptions Options => _options();

    /// <summary>The file's name without its directory, or that of a database in memory.</summary>
    public string Name => Path.GetFileName(Target.DataSource);

    /// <summary>Full path, or the name of a database in memory.</summary>
    public string Identity
    {
        get
        {
            lock (_naming)
            {
                return _identity ??= FindIdentity();
            }
        }
    }

    private SqliteConnectionStringBuilder Target
    {
        get
        {
            try
            {
                return new SqliteConnectionStringBuilder(_connectionString());
            }
            catch (ArgumentException exception)
            {
                throw DatabaseErrors.BadConnectionString(exception);
            }
        }
    }

    /// <summary>Whether an open connection is on this database.</summary>
    public bool Holds(SqliteConnection connection) =>
        DatabaseIdentity.Of(connection) is { } other && DatabaseIdentity.AreSame(Identity, other);

    /// <summary>Runs work on the connection. The cancellation counts until it begins.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var posted = Volatile.Read(ref _disposed) == 0 && _thread.Value.TryPost(() =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                completion.SetCanceled(cancellationToken);
                return;
            }

            try
            {
                completion.SetResult(Run(work));
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
            }
        });
        return posted ? completion.Task : Task.FromException<T>(new ObjectDisposedException(nameof(ServiceDatabase)));
    }

    /// <summary>Runs work in one short immediate transaction.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) => RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = work(connection);
            transaction.Commit();
            return result;
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && _thread.IsValueCreated)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _thread.Value.TryPost(() =>
            {
                Close();
                closed.SetResult();
            });
            _thread.Value.Dispose();
            await closed.Task.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && _thread.IsValueCreated)
        {
            _thread.Value.TryPost(Close);
            _thread.Value.Dispose();
        }
    }

    private T Run<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            return work(_connection ??= Open());
        }
        catch (SqliteException exception)
        {
            if (!DatabaseErrors.IsBusy(exception))
            {
                Close(); // The next attempt begins afresh: the file may have been replaced.
            }

            throw DatabaseErrors.Translate(exception, Name);
        }
    }

    private SqliteConnection Open()
    {
        _ = Identity; // Refuses what cannot be shared.
        var target = Target;
        target.Pooling = false;
        target.DefaultTimeout = (int)Math.Ceiling(Options.BusyTimeout.TotalSeconds);
        var connection = new SqliteConnection(target.ToString());
        try
        {
            connection.Open();
            // SQLite waits in small steps; the driver's own retry would sleep 150 ms at a time.
            connection.Execute(FormattableString.Invariant($"PRAGMA busy_timeout = {Options.BusyTimeout.TotalMilliseconds:F0}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Close()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (SqliteException)
        {
            // What it could not tidy up, the next one to open the file does.
        }

        _connection = null;
    }

    // SQLite says which file it is: the same answer that a connection of the service gives.
    private string FindIdentity()
    {
        var target = Target;
        target.Pooling = false;
        try
        {
            using var connection = new SqliteConnection(target.ToString());
            connection.Open();
            return DatabaseIdentity.Of(connection) ?? throw DatabaseErrors.NotShared();
        }
        catch (SqliteException exception)
        {
            throw DatabaseErrors.Translate(exception, Name);
        }
    }
}
