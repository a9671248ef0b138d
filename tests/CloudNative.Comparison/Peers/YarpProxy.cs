using System.Net;
using System.Net.Sockets;
using CloudNative.Comparison.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace CloudNative.Comparison.Peers;

/// <summary>A reverse proxy with its balancing and passive health checks, as its documentation sets them up.</summary>
internal sealed class YarpProxy : IAsyncDisposable
{
    private const string Cluster = "catalog";

    private readonly WebApplication _app;
    private readonly DnsEndPoint _address;

    private YarpProxy(WebApplication app, DnsEndPoint address)
    {
        _app = app;
        _address = address;
    }

    public static YarpProxy Start(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = Cluster, ClusterId = Cluster, Match = new RouteMatch { Path = "{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = Cluster,
                    LoadBalancingPolicy = "PowerOfTwoChoices",
                    HealthCheck = new HealthCheckConfig
                    {
                        Passive = new PassiveHealthCheckConfig
                        {
                            Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromMinutes(2),
                        },
                    },
                    Destinations = ServiceAddresses.Of(settings, Face.Http).Index()
                        .ToDictionary(address => $"{address.Index}", address => new DestinationConfig { Address = $"{address.Item}" }),
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        app.Start();
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new YarpProxy(app, new DnsEndPoint(address.Host, address.Port));
    }

    /// <summary>A handler whose every connection leads to the proxy.</summary>
    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(_address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
