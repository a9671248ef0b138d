using System.Net;
using CloudNative.Discovery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Gateway.Tests.Labs;

/// <summary>A gateway on real sockets: one port for HTTP/1.1, one for HTTP/2 without TLS, and a registry in memory.</summary>
internal sealed class GatewayLab : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayLab(WebApplication app) => _app = app;

    /// <summary>Routes everything to the service <c>catalog</c>.</summary>
    public static Dictionary<string, string?> ToCatalog { get; } = new()
    {
        ["CloudNative:Gateway:Routes:all:Path"] = "/{**rest}",
        ["CloudNative:Gateway:Routes:all:Service"] = "catalog",
    };

    public Uri Address => Addresses[0];

    public Uri Http2Address => Addresses[1];

    public IServiceProvider Services => _app.Services;

    private List<Uri> Addresses =>
        [.. Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];

    public static async Task<GatewayLab> StartAsync(
        Dictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? before = null)
    {
        var lab = new GatewayLab(Build(settings ?? ToCatalog, configure, before));
        await lab._app.StartAsync();
        return lab;
    }

    public static WebApplication Build(
        Dictionary<string, string?> settings, Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? before = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudNative:Discovery:Provider"] = "memory",
            ["CloudNative:Discovery:Register"] = "false",
            ["CloudNative:Lifecycle:PropagationTimeout"] = "00:00:00",
            ["CloudNative:Lifecycle:DrainTimeout"] = "00:00:00",
        });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.AddFakeLogging();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddRoutingCore();
        configure?.Invoke(builder);
        builder.AddCloudNativeGateway();
        var app = builder.Build();
        before?.Invoke(app);
        app.MapCloudNativeGateway();
        return app;
    }

    public HttpClient Client() => new() { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(1) };

    public HttpClient Http2Client() => new()
    {
        BaseAddress = Http2Address,
        Timeout = TimeSpan.FromMinutes(1),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <summary>Makes instances known; disposing what is returned takes the instance away again.</summary>
    public async Task<IServiceRegistration> KnowAsync(Uri address, string service = "catalog")
    {
        var registry = Services.GetRequiredService<InMemoryServiceRegistry>();
        return await registry.RegisterAsync(
            new ServiceInstance
            {
                Service = service,
                Id = $"{address.Port}",
                Endpoints = [new InstanceEndpoint(address.Scheme, address.Host, address.Port)],
            },
            CancellationToken.None);
    }

    /// <summary>Changes settings while the gateway runs.</summary>
    public void Reload(Dictionary<string, string?> settings)
    {
        var root = (IConfigurationRoot)Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in settings)
        {
            root[key] = value;
        }

        root.Reload();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
