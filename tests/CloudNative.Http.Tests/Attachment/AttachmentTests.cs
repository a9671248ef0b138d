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
