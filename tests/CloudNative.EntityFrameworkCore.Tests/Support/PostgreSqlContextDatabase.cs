using System.Data.Common;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

internal sealed class PostgreSqlContextDatabase : IContextDatabase
{
    private readonly string _orders;
    private readonly string _other;

    private PostgreSqlContextDatabase(string orders, string other) => (_orders, _other) = (orders, other);

    public static async ValueTask<PostgreSqlContextDatabase> CreateAsync(PostgreSqlServer server) =>
        new(await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync());

    // With retries, as teams run it: what is written here has to be fit for that.
    public void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(_orders, npgsql => npgsql.EnableRetryOnFailure());

    public DbConnection Connect() => new NpgsqlConnection(_orders);

    public DbConnection ConnectElsewhere() => new NpgsqlConnection(_other);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
