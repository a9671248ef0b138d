using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Load;

/// <summary>Real servers on loopback, and addresses that refuse.</summary>
internal sealed class Instances : IAsyncDisposable
{
    private readonly List<WebApplication> _servers = [];
    private readonly List<Socket> _dead = [];
    private long _requests;

    public List<string> Addresses { get; } = [];

    public long Requests => Interlocked.Read(ref _requests);

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
            // Bound, so that nobody else gets the port; one that listens without ever accepting is connected to by the kernel.
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            if (i >= dead)
            {
                socket.Listen(1024);
            }

            instances._dead.Add(socket);
            instances.Addresses.Add($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
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

    /// <summary>The section in which both sides look.</summary>
    public Dictionary<string, string?> Settings(string service = "catalog") => Addresses
        .Select((address, index) => (Key: $"Services:{service}:http:{index}", address))
        .ToDictionary(pair => pair.Key, pair => (string?)pair.address);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _dead.ForEach(socket => socket.Dispose());
    }

    private async Task AddServerAsync(int status, int milliseconds, bool streamed)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async context =>
        {
            Interlocked.Increment(ref _requests);
            if (milliseconds > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System);
            }

            context.Response.StatusCode = status;
            // Without a length the body is chunked, and its end is not known when the headers are.
            context.Response.ContentLength = streamed ? null : 2;
            await context.Response.Body.WriteAsync("ok"u8.ToArray());
        });
        await app.StartAsync();
        _servers.Add(app);
        Addresses.Add(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
