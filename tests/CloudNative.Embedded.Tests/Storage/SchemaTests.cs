using CloudNative.Discovery;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Tests.Support;
using CloudNative.Testing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Open_StoreOfTheNextVersion_Works()
    {
        await RegisterAsync();
        Execute($"PRAGMA user_version = {ControlSchema.Version + 1}; ALTER TABLE instance ADD COLUMN later TEXT");
        await RegisterAsync();
    }

    [Fact]
    public async Task Open_StoreTwoVersionsAhead_IsRefused()
    {
        await RegisterAsync();
        Execute($"PRAGMA user_version = {ControlSchema.Version + 2}");
        await AssertRefusedAsync("CN4006");
    }

    [Fact]
    public async Task Open_DatabaseOfSomebodyElse_IsRefusedAndLeftAlone()
    {
        Execute("CREATE TABLE customer (name TEXT); INSERT INTO customer VALUES ('Ada')");
        await AssertRefusedAsync("CN4007");
        Execute("UPDATE customer SET name = name");
    }

    [Fact]
    public async Task Open_NoDatabase_IsRefused()
    {
        await File.WriteAllTextAsync(_directory.Combine(ControlStore.FileName), new string('x', 8192), Cancelled);
        await AssertRefusedAsync("CN4007");
    }

    [Fact]
    public async Task Open_DamagedStore_IsRefused()
    {
        await RegisterAsync();
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = File.OpenWrite(_directory.Combine(ControlStore.FileName)))
        {
            file.Seek(4096, SeekOrigin.Begin);
            await file.WriteAsync(new byte[file.Length - 4096], Cancelled);
        }

        await AssertRefusedAsync("CN4007");
    }

    /// <summary>
    /// Who reads the version before, and the rest after another process created the store, sees no version and our tables.
    /// Only under the lock of those who create is that a verdict.
    /// </summary>
    [Fact]
    public async Task NeedsWork_SeenWhileAnotherProcessCreatesIt_IsNoDamage()
    {
        await RegisterAsync();
        Execute("PRAGMA user_version = 0");
        using var connection = Connect();
        Assert.True(ControlSchema.Schema.NeedsWork(connection, _directory.Path));
        var failure = Assert.Throws<EmbeddedStoreException>(() => ControlSchema.Schema.Bring(connection, _directory.Path));
        Assert.StartsWith("CN4007", failure.Message, StringComparison.Ordinal);
    }

    private async Task RegisterAsync()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled);
    }

    private async Task AssertRefusedAsync(string id)
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var failure = await Assert.ThrowsAsync<ServiceRegistryException>(() =>
            host.Registry.RegisterAsync(Instances.Of("catalog", "a"), Cancelled).AsTask());
        Assert.StartsWith(id, failure.Message, StringComparison.Ordinal);
    }

    private void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={_directory.Combine(ControlStore.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }
}
