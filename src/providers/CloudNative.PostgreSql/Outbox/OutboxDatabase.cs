using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Databases;
using CloudNative.Shared.OutboxSql;
using Npgsql;

namespace CloudNative.PostgreSql.Outbox;

/// <summary>A database of the service with tables of ours: what outbox and inbox have in common.</summary>
/// <param name="database">The database.</param>
/// <param name="tables">The tables.</param>
internal sealed class OutboxDatabase(PostgreSqlDatabase database, TableSet tables)
{
    private OutboxNames? _names;
    private volatile bool _isPrepared;

    public PostgreSqlDatabase Database => database;

    public string Name => database.Name;

    public OutboxNames Names => _names ??= new OutboxNames(
        $"{database.Schema}.outbox",
        $"{database.Schema}.outbox_aside",
        $"{database.Schema}.outbox_turn",
        $"{database.Schema}.inbox",
        $"{database.Schema}.schema_versions");

    /// <summary>Whether a transaction runs on this database.</summary>
    public bool Serves(DbTransaction transaction) =>
        transaction is NpgsqlTransaction { Connection: { } connection } && database.Holds(connection);

    /// <summary>
    /// Creates or checks the tables, the first time. Callers have a connection of their own already, so none is opened again later.
    /// </summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_isPrepared)
        {
            await RunAsync((_, _, _) => new ValueTask<int>(tables.Version), cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
        }
    }

    /// <summary>Runs work on a connection of our own, with the tables there.</summary>
    /// <exception cref="EventTransportException">The database cannot be reached, or the tables do not fit.</exception>
    public async ValueTask<T> RunAsync<T>(
        Func<DbConnection, OutboxNames, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.OpenAsync(tables, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await work(connection, Names, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (DatabaseErrors.IsKnown(exception))
        {
            throw Translate(exception);
        }
    }

    /// <summary>Whether a statement in the caller's transaction failed because the tables are not there.</summary>
    public static bool AreTablesMissing(PostgresException exception) => DatabaseErrors.AreTablesMissing(exception);

    public EventTransportException Translate(Exception exception)
    {
        if (exception is PostgresException answer && DatabaseErrors.AreTablesMissing(answer))
        {
            database.Forget(tables);
            _isPrepared = false;
        }

        var translated = database.Translate(exception);
        return new EventTransportException(translated.Message, translated);
    }
}
