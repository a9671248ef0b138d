using System.Net;
using CloudNative.Gateway.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CloudNative.Gateway.Tests.Routes;

public sealed class ServiceRouteProviderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reload_AnotherService_RequestsGoThere()
    {
        await using var catalog = await Backend.StartAsync("catalog");
        await using var ordering = await Backend.StartAsync("ordering");
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(catalog.Address);
        await lab.KnowAsync(ordering.Address, "ordering");
        using var client = lab.Client();
        Assert.Equal("catalog", await client.GetStringAsync("/", Token));

        lab.Reload(new() { ["CloudNative:Gateway:Routes:all:Service"] = "ordering" });

        await UntilAsync(async () => await client.GetStringAsync("/", Token) == "ordering");
    }

    [Fact]
    public async Task Reload_NotValid_LastGoodRoutesStayAndItIsLogged()
    {
        await using var backend = await Backend.StartAsync("catalog");
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        // The options monitor of the framework throws at whoever reloads; the host's file watchers take that as it comes.
        Record.Exception(() => lab.Reload(new() { ["CloudNative:Gateway:Routes:all:Path"] = "/{**broken" }));

        Assert.Equal("catalog", await client.GetStringAsync("/", Token));
        var logs = lab.Services.GetRequiredService<FakeLogCollector>().GetSnapshot();
        Assert.Single(logs, log => log.Level == LogLevel.Error && log.Message.Contains("CN7001", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NotValid_RefusesWithAllProblemsAtOnce()
    {
        await using var app = GatewayLab.Build(new()
        {
            ["CloudNative:Gateway:Routes:one:Path"] = "/{**broken",
            ["CloudNative:Gateway:Routes:one:Service"] = "catalog",
            ["CloudNative:Gateway:Routes:two:Path"] = "/two",
            ["CloudNative:Gateway:Routes:two:ActivityTimeout"] = "00:00:00",
        });

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => app.StartAsync(Token));

        Assert.Contains("CN7001", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CN7002", refused.Message, StringComparison.Ordinal);
        Assert.Contains("CN7005", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_NothingIsForwarded()
    {
        await using var backend = await Backend.StartAsync("catalog");
        await using var lab = await GatewayLab.StartAsync(new(GatewayLab.ToCatalog)
        {
            ["CloudNative:Gateway:Enabled"] = "false",
            ["ReverseProxy:Routes:r:ClusterId"] = "c",
            ["ReverseProxy:Routes:r:Match:Path"] = "/direct",
            ["ReverseProxy:Clusters:c:Destinations:d:Address"] = backend.Address.ToString(),
        });
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/direct", Token)).StatusCode);
    }

    [Fact]
    public async Task Routes_ByHostAndMethod_AreToldApart()
    {
        await using var reads = await Backend.StartAsync("reads");
        await using var writes = await Backend.StartAsync("writes");
        await using var lab = await GatewayLab.StartAsync(new()
        {
            ["CloudNative:Gateway:Routes:reads:Path"] = "/{**rest}",
            ["CloudNative:Gateway:Routes:reads:Service"] = "reads",
            ["CloudNative:Gateway:Routes:reads:Methods:0"] = "GET",
            ["CloudNative:Gateway:Routes:writes:Path"] = "/{**rest}",
            ["CloudNative:Gateway:Routes:writes:Service"] = "writes",
            ["CloudNative:Gateway:Routes:writes:Methods:0"] = "POST",
            ["CloudNative:Gateway:Routes:writes:Hosts:0"] = "127.0.0.1",
        });
        await lab.KnowAsync(reads.Address, "reads");
        await lab.KnowAsync(writes.Address, "writes");
        using var client = lab.Client();

        Assert.Equal("reads", await client.GetStringAsync("/", Token));
        using var answer = await client.PostAsync("/", new StringContent("x"), Token);
        Assert.Equal("writes", await answer.Content.ReadAsStringAsync(Token));
    }

    // YARP applies a change in the background and says nothing when it has.
    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await reached())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
