using System.Net;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Polly;

namespace CloudNative.Http.Tests.Attachment;

public sealed class AttachmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OwnResilienceHandler_IsKeptAndAloneRetries()
    {
        await using var server = await FailingAsync();
        await using var lab = Lab.Create(client: client => client.AddStandardResilienceHandler(options =>
        {
            options.Retry.MaxRetryAttempts = 1;
            options.Retry.Delay = TimeSpan.Zero;
        }));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(2, server.Requests);
        Assert.Single(Logs(lab), line => line.Contains("'lab' has a resilience handler of its own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OwnResilienceHandler_BesideAFallback_IsKeptAndTheFallbackIsNotAsked()
    {
        await using var server = await FailingAsync();
#pragma warning disable CN9204 // shows what the analyzer says
        await using var lab = Lab.Create(client: client => client
            .AddCloudNativeFallback((_, _) => new(new HttpResponseMessage(HttpStatusCode.OK)))
            .AddStandardResilienceHandler(options =>
            {
                options.Retry.MaxRetryAttempts = 1;
                options.Retry.Delay = TimeSpan.Zero;
            }));
#pragma warning restore CN9204
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task OwnPollyV7Handler_IsKeptAndAloneRetries()
    {
        await using var server = await FailingAsync();
        await using var lab = Lab.Create(client: client => client.AddTransientHttpErrorPolicy(policy => policy.RetryAsync(4)));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(5, server.Requests);
    }

    [Fact]
    public async Task ServiceDiscoveryOfMicrosoft_IsReplaced()
    {
        await using var server = await TestServer.StartAsync(context => context.Response.WriteAsync(context.Request.Host.Value!));
        await using var lab = Lab.Create(
            client: client => client.AddServiceDiscovery(), services: services => services.AddServiceDiscovery());
        lab.Know(server);

        Assert.Equal("catalog", await lab.Client().GetStringAsync("https+http://catalog/", Token));
    }

    [Fact]
    public async Task HttpClientHandlerAsPrimary_IsTranslated()
    {
        await using var server = await TestServer.StartAsync(context => context.Response.WriteAsync(context.Request.Cookies["c"] ?? ""));
        var cookies = new CookieContainer();
        cookies.Add(new Cookie("c", "mine", "/", "catalog"));
        await using var lab = Lab.Create(client: client => client.ConfigurePrimaryHttpMessageHandler(
            () => new HttpClientHandler { CookieContainer = cookies }));
        lab.Know(server);

        Assert.Equal("mine", await lab.Client().GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task OtherPrimary_GetsTheRequestUntouched()
    {
        var mock = new Mock();
        await using var lab = Lab.Create(client: client => client.ConfigurePrimaryHttpMessageHandler(() => mock));
        lab.Know("http://127.0.0.1:1");

        using var answer = await lab.Client().GetAsync("https+http://catalog/x", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(["https+http://catalog/x"], mock.Asked);
    }

    [Fact]
    public async Task OwnConnectCallback_IsLeftAlone()
    {
        var dialled = "";
        await using var lab = Lab.Create(client: client => client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            ConnectCallback = (context, _) =>
            {
                dialled = context.DnsEndPoint.Host;
                throw new IOException("refused by the test");
            },
        }));
        lab.Know("http://127.0.0.1:1");

        await Assert.ThrowsAsync<HttpRequestException>(() => lab.Client().GetAsync("http://catalog/", Token));

        Assert.Equal("catalog", dialled);
    }

    public static TheoryData<string, HttpMessageHandler> OwnPrimaries() => new()
    {
        { "ConnectCallback", new SocketsHttpHandler { ConnectCallback = (_, _) => throw new IOException("dialled") } },
        { "Proxy", new SocketsHttpHandler { Proxy = new WebProxy("http://127.0.0.1:1") } },
        { "certificates", new HttpClientHandler { ClientCertificateOptions = ClientCertificateOption.Automatic } },
    };

    [Theory]
    [MemberData(nameof(OwnPrimaries), DisableDiscoveryEnumeration = true)]
    public async Task OwnPrimary_AddressThatOnlyDiscoveryReads_IsNoUse(string what, HttpMessageHandler primary)
    {
        await using var lab = Lab.Create(client: client => client.ConfigurePrimaryHttpMessageHandler(() => primary));
        lab.Know("http://127.0.0.1:1");

        var exception = await Assert.ThrowsAsync<NotSupportedException>(() => lab.Client().GetAsync("https+http://catalog/", Token));
        Assert.True(exception.Message.Contains("https+http", StringComparison.Ordinal), $"{what}: {exception.Message}");
    }

    [Fact]
    public async Task KeptClient_WhoseHandlersAndConnectionsNeverExpire_FollowsTheTable()
    {
        await using var first = await TestServer.StartAsync("first");
        await using var second = await TestServer.StartAsync("second");
        await using var lab = Lab.Create(client: client => client
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            }));
        lab.Source.Set("catalog", Lab.Instance("old", first.Address));
        var kept = lab.Client();
        Assert.Equal("first", await kept.GetStringAsync("http://catalog/", Token));

        lab.Source.Set("catalog", Lab.Instance("new1", second.Address), Lab.Instance("new2", second.Address));
        await lab.UntilListedAsync(2);

        Assert.Equal("second", await kept.GetStringAsync("http://catalog/", Token));
    }

    [Fact]
    public async Task AttachNamed_OnlyClientsThatAskArePicked()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(
            new() { ["CloudNative:Http:Attach"] = "Named" },
            services: services => services.AddHttpClient("asks").AddCloudNative().AddCloudNative());
        lab.Know(server);

        Assert.Equal("ok", await lab.Client("asks").GetStringAsync("http://catalog/", Token));
        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.IsNotType<UnknownServiceException>(exception);
    }

    [Theory]
    [InlineData("CloudNative:Http:Enabled")]
    [InlineData("CloudNative:Clients:lab:Enabled")]
    public async Task Disabled_NameGoesToDns(string key)
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(new() { [key] = "false" });
        lab.Know(server);

        await Assert.ThrowsAsync<HttpRequestException>(() => lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task OwnHandlers_RunOncePerAttempt()
    {
        await using var server = await FailingAsync();
        var own = new Counting();
        await using var lab = Lab.Create(client: client => client.AddHttpMessageHandler(() => own));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(3, own.Seen);
    }

    [Fact]
    public async Task OwnHandlerThatRepeats_MultipliesWithTheAttempts()
    {
        await using var server = await FailingAsync();
        await using var lab = Lab.Create(client: client => client.AddHttpMessageHandler(() => new Stubborn()));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("http://catalog/", Token);

        Assert.Equal(9, server.Requests);
    }

    private static Task<TestServer> FailingAsync() => TestServer.StartAsync(context =>
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    });

    private static IEnumerable<string> Logs(Lab lab) =>
        lab.Services.GetRequiredService<FakeLogCollector>().GetSnapshot().Select(record => record.Message);

    private sealed class Mock : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        }
    }

    private sealed class Stubborn : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            for (var left = 2; ; left--)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode || left == 0)
                {
                    return answer;
                }

                answer.Dispose();
            }
        }
    }

    private sealed class Counting : DelegatingHandler
    {
        public int Seen { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
