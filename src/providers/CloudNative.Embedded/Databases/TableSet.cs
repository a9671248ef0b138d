using CloudNative.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Databases;

/// <summary>
/// Tables of ours in the service's own database, with their version in a table beside them: the database's <c>user_version</c> is the
/// service's. A version only ever adds to the one before it, so that processes of two neighbouring versions run side by side.
/// </summary>
/// <param name="name">What they are for.</param>
/// <param name="version">The version that this service creates.</param>
/// <param name="sql">Creates what is missing of them.</param>
internal sealed class TableSet(string name, int version, string sql)
{
    private const string Versions =
        "CREATE TABLE IF NOT EXISTS cloudnative_schema (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;";

    /// <summary>The text that creates them, to be run by a migration.</summary>
    public string Sql { get; } =
        $"{Versions}\n{sql}\nINSERT INTO cloudnative_schema (name, version) VALUES ('{name}', {version}) ON CONFLICT DO NOTHING;";

    /// <summary>Creates or checks them in a transaction of its own, which there is none of when they are there.</summary>
    public void Prepare(SqliteConnection connection, string database, SqliteProvisioning provisioning)
    {
        if (NeedsWork(connection, database, provisioning))
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Execute(Sql);
            transaction.Commit();
        }
    }

    /// <summary>Creates or checks them in the transaction that is open, and goes away with it if it is rolled back.</summary>
    public void PrepareWithin(SqliteConnection connection, string database, SqliteProvisioning provisioning)
    {
        if (NeedsWork(connection, database, provisioning))
        {
            connection.Execute(Sql);
        }
    }

    /// <summary>Whether a statement failed because they are missing.</summary>
    public static bool AreMissing(SqliteException exception) =>
        exception.SqliteErrorCode == 1 && exception.Message.Contains("no such table: cloudnative_", StringComparison.Ordinal);

    private bool NeedsWork(SqliteConnection connection, string database, SqliteProvisioning provisioning)
    {
        var found = FindVersion(connection);
        if (found > version + 1)
        {
            throw DatabaseErrors.TablesTooNew(database, name, found, version);
        }

        if (found == 0 && provisioning == SqliteProvisioning.Validate)
        {
            throw DatabaseErrors.TablesMissing(database, name);
        }

        return found < version;
    }

    private long FindVersion(SqliteConnection connection) =>
        connection.Scalar("SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name = 'cloudnative_schema'") == 0
            ? 0
            : connection.Scalar("SELECT version FROM cloudnative_schema WHERE name = $name", ("$name", name));
}
