using Microsoft.Data.Sqlite;

namespace Shop.Payments;

/// <summary>The SQLite file that holds the payments, the inbox and the outbox; nobody but this service opens it.</summary>
internal sealed class PaymentsDatabase(string directory) : IHostedService
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(directory, "payments.db"),
    }.ToString();

    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);

        // FULL: what was acknowledged is on disk. The timeout lets writers queue for the one write lock.
        await ExecuteAsync(connection, "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000", cancellationToken);
        return connection;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await using var connection = await OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken);
        await ExecuteAsync(connection, Schema, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // No order is unique here on purpose: that there is one payment each is the inbox's work, and would show if it failed.
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS payments (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id TEXT NOT NULL,
            cents INTEGER NOT NULL,
            accepted INTEGER NOT NULL,
            reason TEXT,
            attempt INTEGER NOT NULL,
            decided_at TEXT NOT NULL);
        """;

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
