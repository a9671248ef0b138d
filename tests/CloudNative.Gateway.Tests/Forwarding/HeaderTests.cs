using CloudNative.Gateway.Tests.Labs;

namespace CloudNative.Gateway.Tests.Forwarding;

/// <summary>What docs/features/gateway.md promises of headers.</summary>
public sealed class HeaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forward_Host_IsTheServicesName()
    {
        var headers = await ForwardAsync(request => request.Headers.Host = "shop.example.com");

        Assert.Equal("catalog", headers["Host"]);
        Assert.Equal("shop.example.com", headers["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task Forward_ForgedForwardedHeaders_AreReplacedByWhatTheGatewaySees()
    {
        var headers = await ForwardAsync(request =>
        {
            request.Headers.Add("X-Forwarded-For", "8.8.8.8");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "evil.example");
        });

        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.DoesNotContain("evil", headers["X-Forwarded-Host"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forward_HopByHopHeaders_StayAtTheGateway()
    {
        var headers = await ForwardAsync(request =>
        {
            request.Headers.TryAddWithoutValidation("Proxy-Authorization", "secret");
            request.Headers.TryAddWithoutValidation("Keep-Alive", "timeout=5");
            request.Headers.TryAddWithoutValidation("X-Mine", "kept");
        });

        Assert.False(headers.ContainsKey("Keep-Alive"));
        Assert.Equal("kept", headers["X-Mine"]);
    }

    [Fact]
    public async Task Forward_StripPrefix_TakesItOffThePath()
    {
        var headers = await ForwardAsync(
            request => request.RequestUri = new Uri("/api/catalog/products/a%20b?x=1&x=2", UriKind.Relative),
            new()
            {
                ["CloudNative:Gateway:Routes:catalog:Path"] = "/api/catalog/{**rest}",
                ["CloudNative:Gateway:Routes:catalog:Service"] = "catalog",
                ["CloudNative:Gateway:Routes:catalog:StripPrefix"] = "/api/catalog",
            });

        Assert.Equal("/products/a%20b?x=1&x=2", headers["Seen-Target"]);
    }

    private static async Task<Dictionary<string, string>> ForwardAsync(
        Action<HttpRequestMessage> configure, Dictionary<string, string?>? settings = null)
    {
        var seen = new TaskCompletionSource<Dictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(context =>
        {
            var headers = context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            headers["Seen-Target"] = context.Request.Path.ToUriComponent() + context.Request.QueryString;
            seen.TrySetResult(headers);
            return Task.CompletedTask;
        });
        await using var lab = await GatewayLab.StartAsync(settings);
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        configure(request);
        using var answer = await client.SendAsync(request, Token);
        return await seen.Task.WaitAsync(Token);
    }
}
