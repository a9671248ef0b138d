using System.Net;
using System.Net.Security;
using CloudNative.Discovery;
using CloudNative.Http.Tests.Labs;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Http.Tests.Connections;

/// <summary>What the service and its callers see is the logical name, wherever the bytes go.</summary>
public sealed class LogicalNameTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://catalog/", "catalog")]
    [InlineData("https+http://catalog/", "catalog")]
    [InlineData("http://catalog:8080/", "catalog:8080")]
    [InlineData("http://_http.catalog/", "_http.catalog")]
    public async Task Send_AnyFormOfTheName_HostHeaderIsLogical(string uri, string host)
    {
        await using var server = await TestServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Headers.Host.ToString()));
        await using var lab = Lab.Create();
        lab.Know(server);

        Assert.Equal(host, await lab.Client().GetStringAsync(uri, Token));
    }

    [Fact]
    public async Task Send_BothSchemesAccepted_TheUriOfTheAnswerHasTheOneThatServed()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create(client: client => client.ConfigureHttpClient(
            http => http.BaseAddress = new Uri("https+http://catalog")));
        lab.Know(server);

        using var answer = await lab.Client().GetAsync("items/1?q=a%20b", Token);

        Assert.Equal("http://catalog/items/1?q=a%20b", answer.RequestMessage!.RequestUri!.AbsoluteUri);
    }

    [Fact]
    public async Task Send_RedirectToAnotherHost_GoesWhereDnsSays()
    {
        await using var elsewhere = await TestServer.StartAsync("elsewhere");
        await using var server = await TestServer.StartAsync(context =>
        {
            context.Response.Redirect($"http://localhost:{elsewhere.Port}/");
            return Task.CompletedTask;
        });
        await using var lab = Lab.Create();
        lab.Know(server);

        Assert.Equal("elsewhere", await lab.Client().GetStringAsync("http://catalog/", Token));
        Assert.Equal(0, Assert.Single((await lab.SettledAsync()).Endpoints).InFlight);
    }

    [Fact]
    public async Task Send_CookieOfOneInstance_IsSentToTheOther()
    {
        var seen = 0;
        RequestDelegate handle = context =>
        {
            seen += context.Request.Cookies.ContainsKey("session") ? 1 : 0;
            context.Response.Cookies.Append("session", "1");
            return Task.CompletedTask;
        };
        await using var first = await TestServer.StartAsync(handle);
        await using var second = await TestServer.StartAsync(handle);
        await using var lab = Lab.Create();
        using var client = lab.Client();
        lab.Know(first);
        using var one = await client.GetAsync("http://catalog/", Token);
        await lab.KnowOnlyAsync(second);
        using var two = await client.GetAsync("http://catalog/", Token);

        Assert.Equal(1, second.Requests);
        Assert.Equal(1, seen);
    }

    [Theory]
    [InlineData(null, "catalog")]
    [InlineData("catalog.internal", "catalog.internal")]
    public async Task Send_OverTls_NameIsLogicalUnlessTheEndpointHasItsOwn(string? authority, string expected)
    {
        using var certificate = TestCertificate.For(expected);
        var asked = "";
        await using var server = await TestServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Host.Value!),
            listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, name) =>
            {
                asked = name;
                return certificate;
            }));
        await using var lab = Lab.Create(client: client => client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback =
                    (_, _, _, errors) => !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
            },
        }));
        lab.Source.Set("catalog", Lab.Instance("i", server.Address) with
        {
            Endpoints = [new InstanceEndpoint("https", "127.0.0.1", server.Port) { Authority = authority }],
        });

        Assert.Equal("catalog", await lab.Client().GetStringAsync("https://catalog/", Token));
        Assert.Equal(expected, asked);
    }

    [Fact]
    public async Task Send_Http2WithoutTls_Works()
    {
        await using var server = await TestServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Protocol),
            listen => listen.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2);
        await using var lab = Lab.Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await lab.Client().SendAsync(request, Token);

        Assert.Equal("HTTP/2", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Send_Synchronously_IsPickedToo()
    {
        await using var server = await TestServer.StartAsync("ok");
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(dead.Address, server.Address);

        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");
            using var answer = await Task.Run(() => lab.Client().Send(request, Token), Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Send_WebSocket_PassesAndCountsUntilItCloses()
    {
        var closing = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(async context =>
        {
            var upgrade = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpUpgradeFeature>()!;
            await using var stream = await upgrade.UpgradeAsync();
            var buffer = new byte[4];
            await stream.ReadExactlyAsync(buffer);
            await stream.WriteAsync(buffer);
            await closing.Task;
        });
        await using var lab = Lab.Create();
        lab.Know(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("echo");

        var answer = await lab.Client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, answer.StatusCode);
        var stream = await answer.Content.ReadAsStreamAsync(Token);
        await stream.WriteAsync("ping"u8.ToArray(), Token);
        var echo = new byte[4];
        await stream.ReadExactlyAsync(echo, Token);
        var state = Assert.Single((await lab.SettledAsync()).Endpoints);

        Assert.Equal("ping"u8.ToArray(), echo);
        Assert.Equal(1, state.InFlight);
        answer.Dispose();
        Assert.Equal(0, state.InFlight);
        closing.SetResult();
    }
}
