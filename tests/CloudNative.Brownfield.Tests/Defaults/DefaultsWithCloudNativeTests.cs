using System.Net;
using Brownfield.Defaults;

namespace CloudNative.Brownfield.Tests.Defaults;

public sealed class DefaultsWithCloudNativeTests() : DefaultsTests(withCloudNative: true)
{
    [Theory]
    [InlineData("/health/startup")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Probes_BesideTheirOwn_Answer(string path)
    {
        await using var service = new ServiceHost<CatalogClient>(withCloudNative: true);
        using var client = service.CreateClient();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Test.Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Offers_OneOfTwoInstancesIsDead_AllSucceed()
    {
        await using var catalog = await StubService.StartAsync(_ => (200, "Lamp"));
        await using var pricing = await StubService.StartAsync(_ => (200, "30 EUR"));

        // Port 1 of loopback refuses connections.
        await using var service = Create(catalog, pricing, ("Services:catalog:http:1", "http://127.0.0.1:1"));
        using var client = service.CreateClient();

        for (var call = 0; call < 20; call++)
        {
            Assert.Equal("Lamp: 30 EUR", await client.GetStringAsync("/offers/7", Test.Stop));
        }

        Assert.Equal(20, catalog.Calls);
    }
}
