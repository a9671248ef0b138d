using CloudNative.Gateway.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace CloudNative.Gateway.Tests.Routes;

public sealed class ReverseProxySectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Section_FixedAddress_WorksUnchanged()
    {
        await using var backend = await Backend.StartAsync("fixed");
        await using var lab = await GatewayLab.StartAsync(Section(backend.Address.ToString()));
        using var client = lab.Client();

        Assert.Equal("fixed", await client.GetStringAsync("/yarp/x", Token));
    }

    [Fact]
    public async Task Section_DestinationIsAName_FindsTheService()
    {
        await using var backend = await Backend.StartAsync("found");
        await using var lab = await GatewayLab.StartAsync(Section("http://catalog"));
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        Assert.Equal("found", await client.GetStringAsync("/yarp/x", Token));
    }

    [Fact]
    public async Task Section_BesideRoutesToServices_BothWork()
    {
        await using var backend = await Backend.StartAsync("fixed");
        await using var service = await Backend.StartAsync("service");
        await using var lab = await GatewayLab.StartAsync(new(Section(backend.Address.ToString()))
        {
            ["CloudNative:Gateway:Routes:r:Path"] = "/ours/{**rest}",
            ["CloudNative:Gateway:Routes:r:Service"] = "catalog",
        });
        await lab.KnowAsync(service.Address);
        using var client = lab.Client();

        Assert.Equal("fixed", await client.GetStringAsync("/yarp/x", Token));
        Assert.Equal("service", await client.GetStringAsync("/ours/x", Token));
    }

    [Fact]
    public async Task Section_ApplicationLoadsItItself_IsNotReadTwice()
    {
        await using var backend = await Backend.StartAsync("fixed");
        await using var lab = await GatewayLab.StartAsync(Section(backend.Address.ToString()), builder =>
            builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy")));
        using var client = lab.Client();

        Assert.Equal("fixed", await client.GetStringAsync("/yarp/x", Token));
    }

    [Fact]
    public async Task Section_LoadedThroughTheReturnedBuilder_IsNotReadTwice()
    {
        await using var backend = await Backend.StartAsync("fixed");
        await using var lab = await GatewayLab.StartAsync(Section(backend.Address.ToString()), builder =>
            builder.AddCloudNativeGateway().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy")));
        using var client = lab.Client();

        Assert.Equal("fixed", await client.GetStringAsync("/yarp/x", Token));
    }

    [Fact]
    public void Map_YarpAddedAgainAfterwards_SaysSo()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => GatewayLab.Build(GatewayLab.ToCatalog, builder =>
        {
            builder.AddCloudNativeGateway();
            builder.Services.AddReverseProxy();
        }));

        Assert.StartsWith("CN7009", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ForeignClientFactoryWithRoutesToServices_IsRefused()
    {
        await using var app = GatewayLab.Build(GatewayLab.ToCatalog, builder => builder.Services
            .AddReverseProxy().ConfigureHttpClient((_, handler) => handler.MaxConnectionsPerServer = 7));

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync(Token));

        Assert.Contains("CN7007", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ForeignClientFactoryAndNoRouteToAService_IsItsOwnBusiness()
    {
        await using var backend = await Backend.StartAsync("fixed");
        await using var lab = await GatewayLab.StartAsync(Section(backend.Address.ToString()), builder => builder.Services
            .AddReverseProxy().ConfigureHttpClient((_, handler) => handler.MaxConnectionsPerServer = 7));
        using var client = lab.Client();

        Assert.Equal("fixed", await client.GetStringAsync("/yarp/x", Token));
        Assert.IsNotType<ForwarderHttpClientFactory>(lab.Services.GetRequiredService<IForwarderHttpClientFactory>());
    }

    private static Dictionary<string, string?> Section(string address) => new()
    {
        ["ReverseProxy:Routes:r:ClusterId"] = "c",
        ["ReverseProxy:Routes:r:Match:Path"] = "/yarp/{**rest}",
        ["ReverseProxy:Clusters:c:Destinations:d:Address"] = address,
    };
}
