using Microsoft.Data.Sqlite;

namespace Outbox;

/// <summary>The service's own database.</summary>
public static class Database
{
    public const string ConnectionString = "Data Source=orders.db";

    public static async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, null, "CREATE TABLE IF NOT EXISTS orders (number INTEGER, shipped INTEGER NOT NULL DEFAULT 0)");
        return connection;
    }

    public static async Task<long> ExecuteAsync(SqliteConnection connection, SqliteTransaction? transaction, string sql, int number = 0)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$number", number);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }
}
