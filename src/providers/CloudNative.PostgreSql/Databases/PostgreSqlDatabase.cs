using CloudNative.Eventing;
using Npgsql;

namespace CloudNative.PostgreSql.Databases;

/// <summary>
/// The database that the features of this package share. Nothing is connected before the first use. Thread-safe.
/// </summary>
/// <param name="create">Finds or builds where connections come from; called at first use.</param>
/// <param name="options">The options.</param>
internal sealed class PostgreSqlDatabase(Func<DatabaseSource> create, Func<PostgreSqlOptions> options) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<TableSet> _prepared = [];
    private DatabaseSource? _source;
    private bool _isDisposed;

    public PostgreSqlOptions Options => field ??= options();

    public string Schema => Options.Schema;

    /// <summary>How the database is called in messages.</summary>
    /// <exception cref="PostgreSqlStoreException">There is no connection string, or none that can be used.</exception>
    public string Name => Source().Name;

    /// <summary>Where it is, for documents; <see langword="null"/> when nothing usable is configured.</summary>
    public EventServer? FindServer()
    {
        try
        {
            return Source().Server;
        }
        catch (PostgreSqlStoreException)
        {
            // Told to whoever needs the database.
            return null;
        }
    }

    /// <summary>Whether an open connection of the service is on this database.</summary>
    public bool Holds(NpgsqlConnection connection) => Source().Holds(connection);

    /// <summary>Opens a connection of the pool, to be disposed by the caller.</summary>
    /// <exception cref="PostgreSqlStoreException">It cannot be had.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var source = Source();
        try
        {
            return await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            throw Translate(exception);
        }
    }

    /// <summary>The same for a thread that may block.</summary>
    /// <exception cref="PostgreSqlStoreException">It cannot be had.</exception>
    public NpgsqlConnection Open()
    {
        var source = Source();
        try
        {
            return source.Open();
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            throw Translate(exception);
        }
    }

    /// <summary>The same, with the tables there that are needed.</summary>
    /// <exception cref="PostgreSqlStoreException">It cannot be had, or the tables do not fit.</exception>
    public async Task<NpgsqlConnection> OpenAsync(TableSet tables, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await PrepareAsync(connection, tables, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Looks anew, at the next opening, whether tables are there: a statement has found that they are not.</summary>
    public void Forget(TableSet tables)
    {
        lock (_lock)
        {
            _prepared.Remove(tables);
        }
    }

    public PostgreSqlStoreException Translate(Exception exception) =>
        DatabaseErrors.Translate(exception, _source?.Name ?? "PostgreSQL", Schema);

    public async ValueTask DisposeAsync()
    {
        DatabaseSource? source;
        lock (_lock)
        {
            (source, _source, _isDisposed) = (_source, null, true);
        }

        if (source is not null)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    private DatabaseSource Source()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _source ??= create();
        }
    }

    private async Task PrepareAsync(NpgsqlConnection connection, TableSet tables, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Options.Provision == PostgreSqlProvisioning.Never || _prepared.Contains(tables))
            {
                return;
            }
        }

        try
        {
            await tables.PrepareAsync(connection, _source?.Name ?? "PostgreSQL", Options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            throw Translate(exception);
        }

        lock (_lock)
        {
            _prepared.Add(tables);
        }
    }
}
