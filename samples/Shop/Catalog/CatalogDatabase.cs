using System.Text.Json;
using Microsoft.Data.Sqlite;
using Shop.Catalog.Products;

namespace Shop.Catalog;

/// <summary>The catalog's SQLite file. All replicas share it; each brings it up to products.json before its port opens.</summary>
internal sealed partial class CatalogDatabase(string directory, ILogger<CatalogDatabase> logger) : IHostedService
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(directory, "catalog.db"),
    }.ToString();

    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await using var connection = await OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL", cancellationToken);

        // The write lock is taken first: a second replica that starts at the same moment waits here.
        await using var transaction = connection.BeginTransaction(deferred: false);
        await ExecuteAsync(connection, Schema, cancellationToken);
        var products = await ReadProductsAsync(cancellationToken);
        await UpsertAsync(connection, products, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogFilled(products.Count);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS products (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, category TEXT NOT NULL,
            description TEXT NOT NULL, cents INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS products_by_category ON products (category, name);
        CREATE VIRTUAL TABLE IF NOT EXISTS product_words USING fts5 (
            name, category, description, content = 'products', content_rowid = 'number',
            tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        """;

    private static async Task<List<Product>> ReadProductsAsync(CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "products.json"));
        return await JsonSerializer.DeserializeAsync<List<Product>>(file, JsonSerializerOptions.Web, cancellationToken) ?? [];
    }

    private static async Task UpsertAsync(
        SqliteConnection connection, List<Product> products, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO products (id, name, category, description, cents) VALUES ($id, $name, $category, $description, $cents)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, category = excluded.category, description = excluded.description, cents = excluded.cents
            """;
        foreach (var product in products)
        {
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$id", product.Id);
            command.Parameters.AddWithValue("$name", product.Name);
            command.Parameters.AddWithValue("$category", product.Category);
            command.Parameters.AddWithValue("$description", product.Description);
            command.Parameters.AddWithValue("$cents", (long)(product.Price * 100));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "INSERT INTO product_words (product_words) VALUES ('rebuild')", cancellationToken);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Information, "The catalog holds {Count} products.")]
    private partial void LogFilled(int count);
}
