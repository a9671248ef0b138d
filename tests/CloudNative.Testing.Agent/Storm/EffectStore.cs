using System.Globalization;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Testing.Agent.Storm;

/// <summary>
/// The handler's own database: an event is claimed in the inbox and its effect written, in one transaction.
/// </summary>
public static class EffectStore
{
    public static void Create(string path)
    {
        using var connection = AgentHost.Open(path);
        Execute(connection, null, "PRAGMA journal_mode = WAL");
        Execute(
            connection,
            null,
            "CREATE TABLE IF NOT EXISTS effect (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT, number INTEGER, attempt INTEGER)");
    }

    /// <summary>Claims an event and writes its effect.</summary>
    /// <returns>False when its effect was there.</returns>
    public static async Task<bool> ApplyAsync(
        string path, EventContext context, string key, long number, CancellationToken cancellationToken)
    {
        using var connection = AgentHost.Open(path);
        using var transaction = connection.BeginTransaction();
        if (!await context.TryClaimAsync(transaction, cancellationToken))
        {
            return false;
        }

        Execute(
            connection, transaction, "INSERT INTO effect (key, number, attempt) VALUES ($a, $b, $c)", key, number, context.Attempt);
        transaction.Commit();
        return true;
    }

    /// <summary>The effects in the order in which they were committed.</summary>
    public static List<(string Key, long Number)> Read(string path) =>
        Query(path, "SELECT key, number FROM effect ORDER BY seq", reader => (reader.GetString(0), reader.GetInt64(1)));

    /// <summary>Rows of a table that may not be there yet.</summary>
    public static long Count(string path, string table) => Query(
        path, $"SELECT name FROM sqlite_schema WHERE name = '{table}'", reader => reader.GetString(0)).Count == 0
        ? 0
        : Query(path, string.Create(CultureInfo.InvariantCulture, $"SELECT COUNT(*) FROM {table}"), reader => reader.GetInt64(0))[0];

    internal static int Execute(SqliteConnection connection, SqliteTransaction? transaction, string text, params object[] values)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        foreach (var (index, value) in values.Index())
        {
            command.Parameters.AddWithValue($"${(char)('a' + index)}", value);
        }

        return command.ExecuteNonQuery();
    }

    private static List<T> Query<T>(string path, string text, Func<SqliteDataReader, T> read)
    {
        using var connection = AgentHost.Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = text;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
