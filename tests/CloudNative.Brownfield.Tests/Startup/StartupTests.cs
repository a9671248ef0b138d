using System.Net;
using Brownfield.Startup;

namespace CloudNative.Brownfield.Tests.Startup;

/// <summary>What the team of the Startup service tests.</summary>
public abstract class StartupTests(bool withCloudNative)
{
    [Theory]
    [InlineData("/visits")]
    [InlineData("/shop/visits")]
    public async Task Visits_WithAndWithoutPathBase_AreCounted(string path)
    {
        await using var service = Create();
        using var client = service.CreateClient();

        Assert.Equal("1", await client.GetStringAsync(path, Test.Stop));
        using var second = await client.GetAsync(new Uri(path, UriKind.Relative), Test.Stop);
        Assert.Equal("2", second.Headers.GetValues("X-Visits").Single());
    }

    [Fact]
    public async Task Cors_OfTheShop_IsAllowed()
    {
        await using var service = Create();
        using var client = service.CreateClient();
        client.DefaultRequestHeaders.Add("Origin", "https://shop.example");

        using var response = await client.GetAsync(new Uri("/visits", UriKind.Relative), Test.Stop);

        Assert.Equal("https://shop.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Path_OfTheirOwn_AnswersAsEver(string path, HttpStatusCode expected)
    {
        await using var service = Create();
        using var client = service.CreateClient();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Test.Stop);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Process_Stopped_EndsByItself()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "SIGTERM is sent by kill.");
        await using var service = await ServiceProcess.StartWebAsync("Brownfield.Startup", withCloudNative);
        Assert.Equal("1", await service.Client.GetStringAsync(new Uri("/visits", UriKind.Relative), Test.Stop));

        Assert.Equal(0, await service.StopAsync());
    }

    private protected ServiceHost<Visits> Create() => new(withCloudNative);
}
