using System.Data.Common;
using CloudNative.Embedded.Databases;
using CloudNative.Embedded.Storage;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Inbox;

/// <summary>The inbox in a SQLite database of the service. SQLite lets one writer in at a time, so claims never cross.</summary>
internal sealed class SqliteInboxStore(ServiceDatabase database, TimeProvider time) : IInboxStore, IAsyncDisposable, IDisposable
{
    private readonly TableSet _tables = InboxTables.Create();

    public string Name => database.Name;

    public bool Serves(DbTransaction transaction) =>
        transaction is SqliteTransaction { Connection: { } connection } && database.Holds(connection);

    public async ValueTask PrepareAsync(CancellationToken cancellationToken) => await database.RunAsync(
        connection =>
        {
            _tables.Prepare(connection, Name, database.Options.Provisioning);
            return 0;
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken)
    {
        var open = (SqliteTransaction)transaction;
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return new(Claim(open, group, source, id));
        }
        catch (SqliteException exception) when (TableSet.AreMissing(exception))
        {
            _tables.PrepareWithin(open.Connection!, Name, database.Options.Provisioning);
            return new(Claim(open, group, source, id));
        }
    }

    public async ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var time = before.ToUnixTimeMilliseconds();

        // A look first: most of the time there is nothing to do, and then nothing is written.
        return await database.RunAsync(connection => Oldest(connection) < time, cancellationToken).ConfigureAwait(false)
            ? await database.WriteAsync(connection => Forget(connection, time, limit), cancellationToken).ConfigureAwait(false)
            : 0;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    public void Dispose() => database.Dispose();

    private bool Claim(SqliteTransaction transaction, string group, string source, string id)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO cloudnative_inbox (consumer, source, id, claimed) VALUES ($group, $source, $id, $now)
            ON CONFLICT DO NOTHING
            """;
        command.Parameters.AddWithValue("$group", group);
        command.Parameters.AddWithValue("$source", source);
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$now", time.GetUtcNow().ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery() == 1;
    }

    private static long Oldest(SqliteConnection connection) => connection.Scalar(
        "SELECT IFNULL((SELECT claimed FROM cloudnative_inbox ORDER BY position LIMIT 1), 9223372036854775807)");

    // Stops at the first that is young enough: a clock that was set back keeps some longer, and none shorter.
    private static int Forget(SqliteConnection connection, long before, int limit)
    {
        var last = connection.Scalar(
            """
            SELECT IFNULL(MAX(position), 0) FROM
                (SELECT position, claimed FROM cloudnative_inbox ORDER BY position LIMIT $limit) AS oldest
            WHERE position < IFNULL((SELECT MIN(position) FROM
                (SELECT position, claimed FROM cloudnative_inbox ORDER BY position LIMIT $limit) AS young WHERE claimed >= $before),
                9223372036854775807)
            """,
            ("$limit", limit), ("$before", before));
        return connection.Execute("DELETE FROM cloudnative_inbox WHERE position <= $last", ("$last", last));
    }
}
