using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.PostgreSql.Tests.Databases;

public sealed class TableSetTests(PostgreSqlServer server)
{
    private const string Versions =
        "CREATE TABLE IF NOT EXISTS cloudnative.schema_versions (name text PRIMARY KEY, version integer NOT NULL);";

    private static readonly TableSet One = new("things",
    [
        $"{Versions} CREATE TABLE cloudnative.things (id bigint); INSERT INTO cloudnative.schema_versions VALUES ('things', 1);",
    ]);

    private static readonly TableSet Two = new("things",
    [
        One.Script("cloudnative"),
        "ALTER TABLE cloudnative.things ADD name text; UPDATE cloudnative.schema_versions SET version = 2 WHERE name = 'things';",
    ]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_EmptyDatabase_CreatesInTheSchemaThatIsNamed()
    {
        await using var process = new TestDatabase(await server.CreateDatabaseAsync(), options => options.Schema = "shop");
        await using var connection = await process.Database.OpenAsync(Two, Cancel);
        Assert.Equal(0, await connection.ScalarAsync<long>("SELECT count(name) FROM shop.things", Cancel));
        Assert.Equal(2, await connection.ScalarAsync<int>("SELECT version FROM shop.schema_versions", Cancel));
    }

    [Fact]
    public async Task Open_ByManyAtOnce_CreatesOnce()
    {
        var database = await server.CreateDatabaseAsync();
        var processes = Enumerable.Range(0, 8).Select(_ => new TestDatabase(database)).ToList();
        await Task.WhenAll(processes.Select(async process =>
        {
            await using var connection = await process.Database.OpenAsync(Two, Cancel);
        }));
        processes.ForEach(process => process.DisposeAsync().AsTask().Wait(Cancel));
    }

    [Fact]
    public async Task Open_OlderTables_AreBroughtForward_AndNewerByOneServe()
    {
        var database = await server.CreateDatabaseAsync();
        await CreateAsync(database, One);
        await CreateAsync(database, Two);
        await CreateAsync(database, One);
        await using var process = new TestDatabase(database);
        await using var connection = await process.Database.OpenAsync(Two, Cancel);
        Assert.Equal(2, await connection.ScalarAsync<int>("SELECT version FROM cloudnative.schema_versions", Cancel));
    }

    [Fact]
    public async Task Open_MuchNewerTables_IsRefused()
    {
        var database = await server.CreateDatabaseAsync();
        await CreateAsync(database, One);
        await PostgreSqlServer.ExecuteAsync(database, "UPDATE cloudnative.schema_versions SET version = 3");
        var exception = await RefusedAsync(database, One);
        Assert.StartsWith("CN4206 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("version 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ValidateWithoutTables_NamesTheScripts()
    {
        var exception = await RefusedAsync(
            await server.CreateDatabaseAsync(), Two, options => options.Provision = PostgreSqlProvisioning.Validate);
        Assert.StartsWith("CN4205 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("things/0001.sql to things/0002.sql", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_RoleThatMayNotCreate_NamesTheStatement_AndServesWhenTheTablesAreThere()
    {
        var database = await server.CreateDatabaseAsync();
        var name = new Npgsql.NpgsqlConnectionStringBuilder(database).Database!;
        await server.ExecuteAsync("DROP ROLE IF EXISTS modest; CREATE ROLE modest LOGIN PASSWORD 'modest'");
        var modest = server.ConnectionString(name, "modest", "modest");
        var exception = await RefusedAsync(modest, One);
        Assert.StartsWith("CN4207 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GRANT CREATE, USAGE ON SCHEMA cloudnative TO \"modest\"", exception.Message, StringComparison.Ordinal);

        await CreateAsync(database, One);
        await PostgreSqlServer.ExecuteAsync(database, DatabaseErrors.Grants("cloudnative", "modest"));
        foreach (var provision in Enum.GetValues<PostgreSqlProvisioning>())
        {
            await using var process = new TestDatabase(modest, options => options.Provision = provision);
            await using var connection = await process.Database.OpenAsync(One, Cancel);
            Assert.Equal(0, await connection.ScalarAsync<long>("SELECT count(*) FROM cloudnative.things", Cancel));
        }
    }

    [Fact]
    public async Task Open_DatabaseThatIsReadOnly_NamesTheSetting()
    {
        var database = await server.CreateDatabaseAsync();
        var exception = await RefusedAsync(database + ";Options=-c default_transaction_read_only=on", One);
        Assert.StartsWith("CN4208 ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("default_transaction_read_only", exception.Message, StringComparison.Ordinal);
    }

    private static async Task CreateAsync(string database, TableSet tables)
    {
        await using var process = new TestDatabase(database);
        await using var connection = await process.Database.OpenAsync(tables, Cancel);
    }

    private static async Task<PostgreSqlStoreException> RefusedAsync(
        string database, TableSet tables, Action<PostgreSqlOptions>? configure = null)
    {
        await using var process = new TestDatabase(database, configure);
        return await Assert.ThrowsAsync<PostgreSqlStoreException>(() => process.Database.OpenAsync(tables, Cancel));
    }
}
