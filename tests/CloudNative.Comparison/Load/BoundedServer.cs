using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Load;

/// <summary>
/// A server that does so many things at a time, each taking a while, and the others in the order in which they came, as one that waits
/// for a pool of connections does; whether somebody still waits for the answer is not looked at.
/// </summary>
internal sealed class BoundedServer : IAsyncDisposable
{
    public const int Places = 10;
    public const int Milliseconds = 25;

    private readonly WebApplication _app;

    private BoundedServer(WebApplication app) => _app = app;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<BoundedServer> StartAsync(
        Action<WebApplicationBuilder>? add = null, Action<WebApplication>? use = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        add?.Invoke(builder);
        var app = builder.Build();
        use?.Invoke(app);
        var places = new SemaphoreSlim(Places);
        app.MapGet("/", async context =>
        {
            await places.WaitAsync();
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Milliseconds), TimeProvider.System);
            }
            finally
            {
                places.Release();
            }

            context.Response.ContentLength = 2;
            await context.Response.WriteAsync("ok");
        });
        await app.StartAsync();
        return new BoundedServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
