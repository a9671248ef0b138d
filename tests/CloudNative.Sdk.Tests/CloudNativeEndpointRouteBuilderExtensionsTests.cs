using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests;

public sealed class CloudNativeEndpointRouteBuilderExtensionsTests
{
    private static readonly string[] Paths = ["/health/startup", "/health/ready", "/health/live"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MapCloudNative_TwoLinesInAWebApp_ProbesSayOneWordThatNobodyKeeps()
    {
        await using var app = await StartAsync(WebAppUnderTest.CreateBuilder(), app => app.MapCloudNative());
        using var client = app.Client();

        foreach (var path in Paths)
        {
            using var response = await client.GetAsync(path, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("Healthy", await response.Content.ReadAsStringAsync(Cancel));
            Assert.True(response.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task MapCloudNative_ExistingCheckFails_IsNotReadyButAliveAndTellsNoDetail()
    {
        var builder = WebAppUnderTest.CreateBuilder();
        builder.Services.AddHealthChecks().AddCheck("db", () => HealthCheckResult.Unhealthy("password is hunter2"));
        await using var app = await StartAsync(builder, app => app.MapCloudNative());
        using var client = app.Client();

        using var ready = await client.GetAsync(Paths[1], Cancel);
        using var live = await client.GetAsync(Paths[2], Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy", await ready.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task MapCloudNative_Twice_MapsOnce()
    {
        await using var app = await StartAsync(WebAppUnderTest.CreateBuilder(), app =>
        {
            app.MapCloudNative();
            app.MapCloudNative();
        });
        using var client = app.Client();

        Assert.Equal("Healthy", await client.GetStringAsync(Paths[2], Cancel));
        Assert.Equal(10, app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Count);
    }

    [Fact]
    public async Task MapCloudNative_ServiceHasTheSamePath_TheServicesEndpointWins()
    {
        await using var app = await StartAsync(WebAppUnderTest.CreateBuilder(), app =>
        {
            app.MapCloudNative();
            app.MapGet("/health/ready", () => "my own");
        });
        using var client = app.Client();

        Assert.Equal("my own", await client.GetStringAsync("/health/ready", Cancel));
    }

    [Fact]
    public async Task MapCloudNative_EverythingNeedsAUser_ProbesDoNot()
    {
        var builder = WebAppUnderTest.CreateBuilder();
        builder.Services.AddAuthentication().AddCookie();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        await using var app = await StartAsync(builder, app => app.MapCloudNative());
        using var client = app.Client();

        Assert.Equal("Healthy", await client.GetStringAsync(Paths[1], Cancel));
    }

    [Fact]
    public async Task MapCloudNative_PathsConfigured_AreUsed()
    {
        var builder = WebAppUnderTest.CreateBuilder(("CloudNative:Health:Paths:Live", "/alive"));
        await using var app = await StartAsync(builder, app => app.MapCloudNative());
        using var client = app.Client();

        Assert.Equal("Healthy", await client.GetStringAsync("/alive", Cancel));
        using var old = await client.GetAsync(Paths[2], Cancel);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    [Fact]
    public async Task MapCloudNative_PortOfItsOwn_AnswersThereAndNowhereElse()
    {
        var port = FreePort();
        var builder = WebAppUnderTest.CreateBuilder(("CloudNative:Health:Port", $"{port}"));
        await using var app = await StartAsync(builder, app => app.MapCloudNative());
        using var client = app.Client();
        using var pretending = new HttpRequestMessage(HttpMethod.Get, Paths[1]);
        pretending.Headers.Host = $"localhost:{port}";

        using var refused = await client.SendAsync(pretending, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal("Healthy", await client.GetStringAsync($"http://127.0.0.1:{port}{Paths[1]}", Cancel));
    }

    [Fact]
    public async Task MapCloudNative_SwitchedOff_MapsNothing()
    {
        var builder = WebAppUnderTest.CreateBuilder(("CloudNative:Health:Enabled", "false"));
        await using var app = await StartAsync(builder, app => app.MapCloudNative());
        using var client = app.Client();

        using var response = await client.GetAsync(Paths[1], Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public void MapCloudNative_WithoutAddCloudNative_SaysWhatIsMissing()
    {
        using var app = WebAppUnderTest.CreateBuilder().Build() as IDisposable;

        var refused = Assert.Throws<InvalidOperationException>(() => ((WebApplication)app).MapCloudNative());

        Assert.Contains("builder.AddCloudNative()", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        builder.AddCloudNative();
        var app = builder.Build();
        map(app);
        await app.StartAsync(Cancel);

        return app;
    }

    // Free a moment ago; only Kestrel can listen on port 0, and this is about a port that is told beforehand.
    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
