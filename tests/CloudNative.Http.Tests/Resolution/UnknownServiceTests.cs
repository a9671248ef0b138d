using System.Net;
using System.Net.Sockets;
using CloudNative.Discovery;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Tests.Resolution;

public sealed class UnknownServiceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_NobodyKnowsTheName_SaysWhatToDo()
    {
        await using var lab = Lab.Create(new() { ["Services:catalog:http:0"] = "http://127.0.0.1:1" });

        var exception = await Assert.ThrowsAsync<UnknownServiceException>(() => lab.Client().GetAsync("http://catalgo/", Token));

        Assert.Equal("catalgo", exception.Service);
        Assert.Equal(HttpRequestError.NameResolutionError, exception.HttpRequestError);
        Assert.Contains(
            "configuration does not know it; test does not know it; DNS has no such host.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'catalog'?", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Services:catalgo:http:0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_SourceCannotAnswer_SaysWhy()
    {
        await using var lab = Lab.Create();
        lab.Source.Say("catalog", EndpointUpdate.Unavailable("the agent is down"));

        var exception = await Assert.ThrowsAsync<UnknownServiceException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.Contains(
            "configuration does not know it; test could not be asked (the agent is down); DNS",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ManyTimesToWhatNobodyKnows_SaysSoOnceAndWithoutAStackTrace()
    {
        await using var lab = Lab.Create();
        lab.Source.Say("catalog", EndpointUpdate.Unavailable("the agent is down"));
        for (var call = 0; call < 5; call++)
        {
            await Assert.ThrowsAsync<UnknownServiceException>(() => lab.Client().GetAsync("http://catalog/", Token));
        }

        // What the framework's own clients and servers write is theirs.
        var ours = lab.Services.GetFakeLogCollector().GetSnapshot()
            .Where(line => line.Level >= LogLevel.Warning && line.Category!.StartsWith("CloudNative.", StringComparison.Ordinal))
            .ToList();
        var said = Assert.Single(ours, line => line.Message.Contains("the agent is down", StringComparison.Ordinal));
        Assert.DoesNotContain('\n', said.Message);
        Assert.All(ours, line => Assert.Null(line.Exception));
    }

    [Fact]
    public async Task Send_DnsKnowsTheName_GoesThere()
    {
        var name = Dns.GetHostName();
        Assert.SkipWhen(name.Contains('.', StringComparison.Ordinal), "This machine's name has dots, so it is no candidate for a service.");
        await using var server = await TestServer.StartAsync("by dns", IPAddress.Any);
        Assert.SkipUnless(await ConnectsAsync(name, server.Port), "This machine does not resolve its own name to an address it has.");
        await using var lab = Lab.Create();

        Assert.Equal("by dns", await lab.Client().GetStringAsync($"http://{name}:{server.Port}/", Token));
        Assert.Equal("by dns", await lab.Client().GetStringAsync($"http+https://{name}:{server.Port}/", Token));
    }

    [Fact]
    public async Task Send_HostThatIsNoService_NeverAsksASource()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();

        Assert.Equal("ok", await lab.Client().GetStringAsync($"http://localhost:{server.Port}/", Token));
        Assert.Equal("ok", await lab.Client().GetStringAsync(server.Address, Token));
    }

    private static async Task<bool> ConnectsAsync(string host, int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
