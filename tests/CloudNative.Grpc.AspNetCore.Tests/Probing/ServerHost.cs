using System.Net;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using HealthService = Grpc.Health.V1.Health;

namespace CloudNative.Grpc.AspNetCore.Tests.Probing;

/// <summary>A server with one health check, on a port of its own.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private HealthCheckResult _result = HealthCheckResult.Healthy();

    private ServerHost(string environment)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new("CloudNative:Health:Interval", "00:00:00.100")]);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddHealthChecks().AddCheck("steered", () => Result);
        builder.Services.AddCloudNativeGrpcServer();
        _app = builder.Build();
        _app.MapCloudNativeGrpc();
    }

    public HealthCheckResult Result
    {
        get
        {
            lock (_app)
            {
                return _result;
            }
        }

        set
        {
            lock (_app)
            {
                _result = value;
            }
        }
    }

    public GrpcChannel Channel { get; private set; } = null!;

    public HealthService.HealthClient Health => new(Channel);

    public static async Task<ServerHost> StartAsync(string environment = "Production")
    {
        var host = new ServerHost(environment);
        await host._app.StartAsync();
        host.Channel = GrpcChannel.ForAddress(host._app.Urls.First());
        using var watch = host.Health.Watch(new HealthCheckRequest());
        while (await watch.ResponseStream.NextAsync() != HealthCheckResponse.Types.ServingStatus.Serving)
        {
        }

        return host;
    }

    public Task<HealthCheckResponse> CheckAsync(string service) => Health.CheckAsync(
        new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await _app.DisposeAsync();
    }
}
