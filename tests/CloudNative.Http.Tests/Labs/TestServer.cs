using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Tests.Labs;

/// <summary>A real server on a port of its own, that counts what it is asked.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private TestServer(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public int Port => new Uri(Address).Port;

    public int Requests => Volatile.Read(ref _requests);

    public static Task<TestServer> StartAsync(string answer, IPAddress? address = null) =>
        StartAsync(context => context.Response.WriteAsync(answer), address: address);

    public static async Task<TestServer> StartAsync(
        RequestDelegate handle, Action<ListenOptions>? listen = null, IPAddress? address = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(address ?? IPAddress.Loopback, 0, options => listen?.Invoke(options)));
        if (listen is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var app = builder.Build();
        var server = new TestServer(app);
        app.Run(context =>
        {
            Interlocked.Increment(ref server._requests);
            return handle(context);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
