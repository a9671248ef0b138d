using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Gateway.Tests.Labs;

/// <summary>A service behind the gateway: a real server on a port of its own, that counts what it is asked.</summary>
internal sealed class Backend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private Backend(WebApplication app) => _app = app;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public int Requests => Volatile.Read(ref _requests);

    public static Task<Backend> StartAsync(string answer) => StartAsync(context => context.Response.WriteAsync(answer));

    public static async Task<Backend> StartAsync(RequestDelegate handle, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols);
        });
        var app = builder.Build();
        app.UseWebSockets();
        var backend = new Backend(app);
        app.Run(context =>
        {
            Interlocked.Increment(ref backend._requests);
            return handle(context);
        });
        await app.StartAsync();
        return backend;
    }

    /// <summary>Closes the port and breaks every connection at once, as the end of a killed process does.</summary>
    public async Task KillAsync()
    {
        try
        {
            await _app.StopAsync(new CancellationToken(canceled: true));
        }
        catch (OperationCanceledException)
        {
            // It did not wait for its requests, as asked.
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
