using System.Net;
using Brownfield.PollyV7;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Brownfield.Tests.PollyV7;

/// <summary>What the team of the Polly v7 client tests: above all how often the neighbour is asked.</summary>
public abstract class PollyV7Tests(bool withCloudNative)
{
    [Theory]
    [InlineData(0, 1, "5")]
    [InlineData(1, 2, "5")]
    [InlineData(3, 4, "5")]
    [InlineData(9, 4, "unknown (503)")]
    public async Task Stock_NeighbourFails_IsAskedAsThePolicySays(int failures, int attempts, string expected)
    {
        await using var stock = await StubService.StartAsync(call => call <= failures ? (503, "") : (200, "5"));
        await using var service = Create(("Stock:Address", stock.Address));
        using var client = service.CreateClient();

        Assert.Equal(expected, await client.GetStringAsync("/stock/1", Test.Stop));
        Assert.Equal(attempts, stock.Calls);
    }

    [Fact]
    public async Task Reserve_NeighbourFails_IsRepeatedAsThePolicySays()
    {
        await using var stock = await StubService.StartAsync(_ => (500, ""));
        await using var service = Create(("Stock:Address", stock.Address));
        using var client = service.CreateClient();

        using var response = await client.PostAsync(new Uri("/stock/1/reserve", UriKind.Relative), null, Test.Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(4, stock.Calls);
    }

    [Fact]
    public async Task Stock_NobodyListens_FailsAfterThePolicyGaveUp()
    {
        // Port 1 of loopback refuses connections.
        await using var service = Create(("Stock:Address", "http://127.0.0.1:1"));
        using var client = service.CreateClient();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/stock/1", Test.Stop));
    }

    [Fact]
    public async Task Stock_PrimaryHandlerReplaced_GetsTheRequestUntouched()
    {
        var uris = new List<Uri?>();
        using var handler = new CountingHandler((_, request) =>
        {
            uris.Add(request.RequestUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("9") });
        });
        await using var service = new ServiceHost<StockClient>(
            withCloudNative, services: services => services.AddHttpClient<StockClient>().ConfigurePrimaryHttpMessageHandler(() => handler));
        using var client = service.CreateClient();

        Assert.Equal("9", await client.GetStringAsync("/stock/1", Test.Stop));
        Assert.Equal([new Uri("http://stock/stock/1")], uris);
    }

    private protected ServiceHost<StockClient> Create(params IEnumerable<(string Key, string Value)> settings) =>
        new(withCloudNative, settings: settings);
}
