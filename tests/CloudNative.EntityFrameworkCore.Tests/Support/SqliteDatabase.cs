using System.Data.Common;
using CloudNative.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

internal sealed class SqliteDatabase : IContextDatabase
{
    private readonly TemporaryDirectory _directory = new();

    public SqliteDatabase()
    {
        using var connection = Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
    }

    public void Configure(DbContextOptionsBuilder options) => options.UseSqlite(Text("orders.db"));

    public DbConnection Connect() => new SqliteConnection(Text("orders.db"));

    public DbConnection ConnectElsewhere() => new SqliteConnection(Text("other.db"));

    public ValueTask DisposeAsync()
    {
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Text(string file) => $"Data Source={_directory.Combine(file)};Pooling=False";
}
