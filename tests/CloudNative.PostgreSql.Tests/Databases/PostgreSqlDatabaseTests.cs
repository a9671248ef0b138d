using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CloudNative.PostgreSql.Tests.Databases;

public sealed class PostgreSqlDatabaseTests(PostgreSqlServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_PasswordIsChanged_GoesOnWhicheverPlaceIsFirst(bool configurationFirst)
    {
        var role = configurationFirst ? "rotated_a" : "rotated_b";
        var name = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database!;
        await server.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'one'");
        // Without a pool each opening logs in.
        string Text(string password) => server.ConnectionString(name, role, password) + ";Pooling=false";
        await using var process = new TestDatabase(Text("one"));
        await LoginAsync(process);
        for (var turn = 0; turn < 2; turn++)
        {
            var password = $"two{turn}";
            if (configurationFirst)
            {
                process.Configuration["ConnectionStrings:postgresql"] = Text(password);
                await LoginAsync(process);
                await server.ExecuteAsync($"ALTER ROLE {role} PASSWORD '{password}'");
            }
            else
            {
                await server.ExecuteAsync($"ALTER ROLE {role} PASSWORD '{password}'");
                var exception = await Assert.ThrowsAsync<PostgreSqlStoreException>(() => process.Database.OpenAsync(Cancel));
                Assert.StartsWith("CN4204 ", exception.Message, StringComparison.Ordinal);
                process.Configuration["ConnectionStrings:postgresql"] = Text(password);
            }

            await LoginAsync(process);
        }
    }

    [Fact]
    public async Task Open_NobodyListens_SaysSo()
    {
        await using var process = new TestDatabase("Host=127.0.0.1;Port=1;Database=x;Username=x");
        var exception = await Assert.ThrowsAsync<PostgreSqlStoreException>(() => process.Database.OpenAsync(Cancel));
        Assert.StartsWith("CN4203 '127.0.0.1/x' cannot be reached: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NothingSaysWhere_NamesTheKeys()
    {
        await using var process = new TestDatabase(string.Empty);
        var exception = await Assert.ThrowsAsync<PostgreSqlStoreException>(() => process.Database.OpenAsync(Cancel));
        Assert.StartsWith("CN4202 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:postgresql", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_NoConnectionIsLeft_SaysWhoseLimitItIs()
    {
        var name = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()).Database!;
        await server.ExecuteAsync("CREATE ROLE limited LOGIN PASSWORD 'limited' CONNECTION LIMIT 1");
        await using var process = new TestDatabase(server.ConnectionString(name, "limited", "limited"));
        await using var first = await process.Database.OpenAsync(Cancel);
        var exception = await Assert.ThrowsAsync<PostgreSqlStoreException>(() => process.Database.OpenAsync(Cancel));
        Assert.StartsWith("CN4209 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("limited", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PoolIsEmpty_SaysSo()
    {
        await using var process = new TestDatabase(await server.CreateDatabaseAsync() + ";Maximum Pool Size=1;Timeout=1");
        await using var first = await process.Database.OpenAsync(Cancel);
        var exception = await Assert.ThrowsAsync<PostgreSqlStoreException>(() => process.Database.OpenAsync(Cancel));
        Assert.StartsWith("CN4209 All connections of this process", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, "keyed")]
    [InlineData(true, false, "keyed")]
    [InlineData(false, true, "section")]
    [InlineData(false, false, "own")]
    public async Task Open_SeveralSayWhere_TakesTheOneThatWasMeantMost(bool isKeyed, bool isInSection, string expected)
    {
        await server.StartAsync();
        NpgsqlDataSource Source(string application) =>
            new NpgsqlSlimDataSourceBuilder($"{server.ConnectionString("postgres")};Application Name={application}").Build();
        await using var process = new TestDatabase(
            $"{server.ConnectionString("postgres")};Application Name=named",
            options => options.ConnectionString = isInSection ? $"{server.ConnectionString("postgres")};Application Name=section" : null,
            builder =>
            {
                builder.Services.AddSingleton(_ => Source("own"));
                if (isKeyed)
                {
                    builder.Services.AddKeyedSingleton(PostgreSqlProvider.Name, (_, _) => Source("keyed"));
                }
            });
        await using var connection = await process.Database.OpenAsync(Cancel);
        Assert.Equal(expected, await connection.ScalarAsync<string>("SELECT current_setting('application_name')", Cancel));
    }

    private static async Task LoginAsync(TestDatabase process)
    {
        await using var connection = await process.Database.OpenAsync(Cancel);
        Assert.Equal(1, await connection.ScalarAsync<int>("SELECT 1", Cancel));
    }
}
