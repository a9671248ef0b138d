using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Testing.Agent.Storm;

/// <summary>
/// The handler's own database: an event is claimed and its effect written in one transaction, as with the inbox.
/// </summary>
public static class EffectStore
{
    public static void Create(string path)
    {
        using var connection = Open(path);
        Execute(connection, null, "PRAGMA journal_mode = WAL");
        Execute(connection, null, "CREATE TABLE IF NOT EXISTS claim (id TEXT PRIMARY KEY) WITHOUT ROWID");
        Execute(
            connection,
            null,
            "CREATE TABLE IF NOT EXISTS effect (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT, number INTEGER, attempt INTEGER)");
    }

    public static void Apply(string path, EventDelivery delivery)
    {
        using var connection = Open(path);
        using var transaction = connection.BeginTransaction();
        if (Execute(connection, transaction, "INSERT OR IGNORE INTO claim VALUES ($a)", delivery.Event.Id) == 1)
        {
            Execute(
                connection,
                transaction,
                "INSERT INTO effect (key, number, attempt) VALUES ($a, $b, $c)",
                delivery.Event.Key!,
                long.Parse(delivery.Event.Subject!, System.Globalization.CultureInfo.InvariantCulture),
                delivery.Attempt);
        }

        transaction.Commit();
    }

    /// <summary>The effects in the order in which they were committed.</summary>
    public static List<(string Key, long Number)> Read(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key, number FROM effect ORDER BY seq";
        using var reader = command.ExecuteReader();
        var effects = new List<(string, long)>();
        while (reader.Read())
        {
            effects.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return effects;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=60");
        connection.Open();
        return connection;
    }

    private static int Execute(SqliteConnection connection, SqliteTransaction? transaction, string text, params object[] values)
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
}
