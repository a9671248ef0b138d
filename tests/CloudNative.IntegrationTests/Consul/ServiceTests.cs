using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>A service with the two lines and <c>UseConsul()</c>.</summary>
public sealed class ServiceTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync() => await server.ClearAsync();

    [Fact]
    public async Task Services_OnConsul_CallEachOtherByNameAndLeaveBeforeTheyStop()
    {
        await using var catalog = await RunAsync("catalog");
        await using var orders = await RunAsync("orders");
        await server.EventuallyAsync(async () => (await server.ListAsync()).Length == 2);
        using var client = orders.Services.GetRequiredService<IHttpClientFactory>().CreateClient("catalog");
        Assert.Equal("hello of catalog", await client.GetStringAsync(new Uri("http://catalog/hello"), Cancel));

        await catalog.StopAsync(Cancel);
        Assert.StartsWith("orders:", Assert.Single(await server.ListAsync()), StringComparison.Ordinal);
        await orders.StopAsync(Cancel);
        Assert.Empty(await server.ListAsync());
    }

    private Task<WebApplication> RunAsync(string name) => ConsulService.RunAsync(server, name, Cancel);
}
