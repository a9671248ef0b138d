using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Grpc.Tests.Labs;

/// <summary>A real gRPC server on a port of its own, without TLS, that does what a test says and remembers what it was asked.</summary>
internal sealed class ParrotServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ParrotServer(WebApplication app, ParrotScript script) => (_app, Script) = (app, script);

    public ParrotScript Script { get; }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<ParrotServer> StartAsync(string name, int port = 0)
    {
        var script = new ParrotScript(name);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(script);
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<ParrotService>();
        await app.StartAsync();
        return new ParrotServer(app, script);
    }

    /// <summary>An address at which nobody listens any more.</summary>
    public static async Task<Uri> DeadAddressAsync()
    {
        await using var dead = await StartAsync("dead");
        return dead.Address;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
