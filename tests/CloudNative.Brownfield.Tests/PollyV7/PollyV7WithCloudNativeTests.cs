namespace CloudNative.Brownfield.Tests.PollyV7;

public sealed class PollyV7WithCloudNativeTests() : PollyV7Tests(withCloudNative: true)
{
    [Theory]
    [InlineData(0, 1, "5")]
    [InlineData(2, 3, "5")]
    [InlineData(9, 4, "unknown (503)")]
    public async Task Stock_FoundByName_IsAskedAsThePolicySays(int failures, int attempts, string expected)
    {
        await using var stock = await StubService.StartAsync(call => call <= failures ? (503, "") : (200, "5"));
        await using var service = Create(("Services:stock:http:0", stock.Address));
        using var client = service.CreateClient();

        Assert.Equal(expected, await client.GetStringAsync("/stock/1", Test.Stop));
        Assert.Equal(attempts, stock.Calls);
        Assert.All(stock.Hosts, host => Assert.Equal("stock", host));
    }

    [Fact]
    public async Task Stock_OneOfTwoInstancesIsDead_IsAskedOncePerCall()
    {
        await using var stock = await StubService.StartAsync(_ => (200, "5"));

        // Port 1 of loopback refuses connections.
        await using var service = Create(("Services:stock:http:0", "http://127.0.0.1:1"), ("Services:stock:http:1", stock.Address));
        using var client = service.CreateClient();

        for (var call = 0; call < 20; call++)
        {
            Assert.Equal("5", await client.GetStringAsync("/stock/1", Test.Stop));
        }

        Assert.Equal(20, stock.Calls);
    }
}
