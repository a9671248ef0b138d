using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Load;

/// <summary>Real servers on loopback, each with a port for HTTP and one for gRPC, and addresses that refuse.</summary>
internal sealed class Instances : IAsyncDisposable
{
    private readonly List<WebApplication> _servers = [];
    private readonly List<Socket> _dead = [];
    private readonly List<string> _grpcAddresses = [];
    private readonly List<StrongBox<long>> _requests = [];

    public List<string> Addresses { get; } = [];

    public long Requests => _requests.Sum(requests => Interlocked.Read(ref requests.Value));

    /// <summary>How many requests each server got, in their order.</summary>
    public IReadOnlyList<long> RequestsOfEach => [.. _requests.Select(requests => Interlocked.Read(ref requests.Value))];

    /// <param name="healthy">How many answer.</param>
    /// <param name="dead">How many refuse connections.</param>
    /// <param name="silent">How many take connections and requests and never answer.</param>
    /// <param name="status">The status of all answers.</param>
    /// <param name="milliseconds">How long each answer takes.</param>
    /// <param name="streamed">Whether the length of a body is not known when it begins.</param>
    public static async Task<Instances> StartAsync(
        int healthy, int dead = 0, int silent = 0, int status = 200, int milliseconds = 5, bool streamed = false)
    {
        var instances = new Instances();
        for (var i = 0; i < healthy; i++)
        {
            await instances.AddServerAsync(status, milliseconds, streamed);
        }

        for (var i = 0; i < dead + silent; i++)
        {
            instances.Addresses.Add(instances.AddSocket(listens: i >= dead));
            instances._grpcAddresses.Add(instances.AddSocket(listens: i >= dead));
        }

        return instances;
    }

    /// <summary>Instances that answer each in its own way.</summary>
    public static async Task<Instances> StartAsync(IEnumerable<Conduct> conducts)
    {
        var instances = new Instances();
        foreach (var (status, milliseconds) in conducts)
        {
            await instances.AddServerAsync(status, milliseconds, streamed: false);
        }

        return instances;
    }

    /// <summary>The section in which all sides look.</summary>
    public Dictionary<string, string?> Settings(string service = "catalog") => Addresses
        .Select((address, index) => (Key: ServiceAddresses.Key(service, Face.Http, index), address))
        .Concat(_grpcAddresses.Select((address, index) => (Key: ServiceAddresses.Key(service, Face.Grpc, index), address)))
        .ToDictionary(pair => pair.Key, pair => (string?)pair.address);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _dead.ForEach(socket => socket.Dispose());
    }

    // Bound, so that nobody else gets the port; one that listens without ever accepting is connected to by the kernel.
    private string AddSocket(bool listens)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (listens)
        {
            socket.Listen(1024);
        }

        _dead.Add(socket);
        return $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
    }

    private async Task AddServerAsync(int status, int milliseconds, bool streamed)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var requests = new StrongBox<long>();
        app.Run(async context =>
        {
            Interlocked.Increment(ref requests.Value);
            if (milliseconds > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
            }

            await Answer.WriteAsync(context, status, streamed);
        });
        await app.StartAsync();
        _servers.Add(app);
        _requests.Add(requests);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Addresses.Add(addresses[0]);
        _grpcAddresses.Add(addresses[1]);
    }
}
