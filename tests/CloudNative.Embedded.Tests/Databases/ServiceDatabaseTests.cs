using CloudNative.Embedded.Databases;
using CloudNative.Eventing;
using CloudNative.Testing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Tests.Databases;

public sealed class ServiceDatabaseTests
{
    [Fact]
    public async Task Holds_SameFileByLinkOrRelativePath_True()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Combine("real"));
        Directory.CreateSymbolicLink(directory.Combine("link"), directory.Combine("real"));
        await using var database = Create($"Data Source={directory.Combine("real", "orders.db")}");
        using var byLink = Open($"Data Source={directory.Combine("link", "orders.db")};Pooling=False");
        using var byDots = Open($"Data Source={directory.Combine("real", "..", "real", "orders.db")};Pooling=False");
        using var other = Open($"Data Source={directory.Combine("real", "other.db")};Pooling=False");
        Assert.True(database.Holds(byLink));
        Assert.True(database.Holds(byDots));
        Assert.False(database.Holds(other));
    }

    [Fact]
    public async Task Holds_SharedDatabaseInMemory_ByItsName()
    {
        var name = $"orders-{Guid.NewGuid():N}";
        await using var database = Create($"Data Source={name};Mode=Memory;Cache=Shared");
        using var same = Open($"Data Source={name};Mode=Memory;Cache=Shared");
        using var other = Open("Data Source=other;Mode=Memory;Cache=Shared");
        using var own = Open("Data Source=:memory:");
        Assert.True(database.Holds(same));
        Assert.False(database.Holds(other));
        Assert.False(database.Holds(own));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=orders;Mode=Memory")]
    [InlineData("Server=somewhere")]
    public async Task Run_DatabaseThatNobodyCanShare_IsRefused(string connectionString)
    {
        await using var database = Create(connectionString);
        var refused = await Assert.ThrowsAsync<EventTransportException>(() =>
            database.RunAsync(_ => 0, TestContext.Current.CancellationToken));
        Assert.StartsWith("CN4034", refused.Message, StringComparison.Ordinal);
    }

    private static ServiceDatabase Create(string connectionString) => new(() => connectionString, () => new SqliteOutboxOptions());

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
