using Microsoft.Data.Sqlite;

namespace Shop.Ordering;

/// <summary>The SQLite file that holds the orders and the outbox; nobody but this service opens it.</summary>
internal sealed class OrderingDatabase(string directory) : IHostedService
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(directory, "ordering.db"),
        ForeignKeys = true,
    }.ToString();

    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);

        // FULL: an order that was acknowledged is on disk. The timeout lets writers queue for the one write lock.
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

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS orders (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            idempotency_key TEXT NOT NULL UNIQUE,
            fingerprint TEXT NOT NULL,
            placed_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS order_lines (
            order_number INTEGER NOT NULL REFERENCES orders (number) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            product_id TEXT NOT NULL,
            name TEXT NOT NULL,
            quantity INTEGER NOT NULL,
            cents INTEGER NOT NULL,
            PRIMARY KEY (order_number, position)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS order_changes (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            order_number INTEGER NOT NULL REFERENCES orders (number) ON DELETE CASCADE,
            status INTEGER NOT NULL,
            reason TEXT,
            changed_at TEXT NOT NULL,
            UNIQUE (order_number, status));
        """;

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
