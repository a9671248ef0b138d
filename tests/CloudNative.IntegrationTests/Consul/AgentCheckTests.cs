using CloudNative.Discovery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>The agent asks the service by itself, beside what the service says.</summary>
public sealed class AgentCheckTests(ConsulServer server) : IClassFixture<ConsulServer>, IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await server.StartAsync();

    public async ValueTask DisposeAsync() => await server.ClearAsync();

    [Fact]
    public async Task HttpPath_AnswersBadlyAndWellAgain_InstanceGoesAndComesBack()
    {
        var status = StatusCodes.Status200OK;
        await using var app = await RunAsync(HttpProtocols.Http1, app => app.MapGet("/probe", () => Results.StatusCode(status)));
        await using var host = Host(("Registration:AgentCheck:HttpPath", "/probe"));
        await using var registration = await host.Registry.RegisterAsync(InstanceOf(app), Cancel);
        await Watch.FirstAsync(host.Source, "probed", update => update.Instances.Count == 1);

        status = StatusCodes.Status503ServiceUnavailable;
        var gone = await Watch.FirstAsync(host.Source, "probed", update => update.Reason is not null);
        Assert.Equal("the only instance in Consul is critical", gone.Reason);
        Assert.False(gone.IsConfirmed); // The service has not said it; that the agent cannot reach it may be the agent's trouble.

        status = StatusCodes.Status200OK;
        await Watch.FirstAsync(host.Source, "probed", update => update.Instances.Count == 1);
    }

    [Fact]
    public async Task Grpc_ServiceStops_InstanceGoes()
    {
        await using var app = await RunAsync(HttpProtocols.Http2, app => app.MapCloudNativeGrpc());
        await using var host = Host(("Registration:AgentCheck:Grpc", "true"));
        await using var registration = await host.Registry.RegisterAsync(InstanceOf(app), Cancel);
        await server.EventuallyAsync(async () => (await OutputAsync()).Contains("success", StringComparison.Ordinal));
        await Watch.FirstAsync(host.Source, "probed", update => update.Instances.Count == 1);

        await app.StopAsync(Cancel);

        await Watch.FirstAsync(host.Source, "probed", update => update.Reason is not null);
    }

    private static async Task<WebApplication> RunAsync(HttpProtocols protocols, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        builder.Services.AddCloudNativeGrpcServer();
        var app = builder.Build();
        map(app);
        await app.StartAsync(Cancel);
        return app;
    }

    private static ServiceInstance InstanceOf(WebApplication app) => new()
    {
        Service = "probed",
        Id = "a",
        Endpoints = [new InstanceEndpoint("http", "127.0.0.1", new Uri(app.Urls.Single()).Port)],
    };

    private ConsulHost Host((string Key, string Value) check) =>
        new(server.Address, check, ("Registration:AgentCheck:Interval", "00:00:01"));

    private async Task<string> OutputAsync() =>
        (await server.GetAsync("/v1/agent/checks")).GetProperty("service:probed:a:grpc").GetProperty("Output").GetString()!;
}
