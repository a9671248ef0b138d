using CloudNative.EntityFrameworkCore.Tests.Support;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Tests.Contexts;

public sealed class TableVersionsTests : IAsyncDisposable
{
    private readonly ContextHosts _hosts = new(new SqliteDatabase());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Prepare_KnownOrTheNextVersion_Fits(int version)
    {
        var store = Store();
        await _hosts.ExecuteAsync($"UPDATE cloudnative_schema SET version = {version}", Token);
        await store.PrepareAsync(Token);
    }

    [Fact]
    public async Task Prepare_TablesOfALaterVersion_RefusesThem()
    {
        var store = Store();
        await _hosts.ExecuteAsync("UPDATE cloudnative_schema SET version = 3", Token);
        await ThrowsAsync("CN4605", () => store.PrepareAsync(Token));
    }

    [Fact]
    public async Task Prepare_WithoutTables_NamesTheMigration()
    {
        var store = Store();
        await _hosts.ExecuteAsync("DROP TABLE cloudnative_schema", Token);
        await _hosts.ExecuteAsync("DROP TABLE cloudnative_outbox", Token);
        await ThrowsAsync("CN4604", () => store.PrepareAsync(Token));
        await ThrowsAsync("CN4604", () => store.WaitAsync(Token));
        await using var connection = await _hosts.ConnectAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var outgoing = new OutgoingEvent("orders", new EventEnvelope { Id = "1", Source = "/s", Type = "t" });
        await ThrowsAsync("CN4604", () => store.EnqueueAsync(transaction, outgoing, Token));
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=orders;Mode=Memory")]
    public async Task Prepare_PrivateDatabaseInMemory_RefusesIt(string text)
    {
        await using var host = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddDbContext<OrdersContext>(options => options.UseSqlite(text))
            .AddCloudNativeEntityFrameworkOutbox<OrdersContext>()
            .BuildServiceProvider();
        await ThrowsAsync("CN4610", () => host.GetRequiredService<IOutboxStore>().PrepareAsync(Token));
    }

    private static async Task ThrowsAsync(string id, Func<ValueTask> work)
    {
        var exception = await Assert.ThrowsAsync<EventTransportException>(() => work().AsTask());
        Assert.StartsWith(id + " ", exception.Message, StringComparison.Ordinal);
    }

    private IOutboxStore Store() => _hosts.Add().GetRequiredService<IOutboxStore>();
}
