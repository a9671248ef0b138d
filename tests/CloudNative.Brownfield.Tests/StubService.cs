using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CloudNative.Brownfield.Tests;

/// <summary>A neighbour on loopback that answers what the test says and counts how often it was asked.</summary>
internal sealed class StubService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private StubService(WebApplication app) => _app = app;

    public string Address { get; private set; } = "";

    public int Calls => Volatile.Read(ref _calls);

    public ConcurrentQueue<string> Hosts { get; } = [];

    public ConcurrentQueue<string> TraceParents { get; } = [];

    /// <summary>Gets the number of the call, from 1.</summary>
    public Func<int, (int Status, string Body)> Answer { get; set; } = _ => (200, "");

    public static async Task<StubService> StartAsync(Func<int, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");

        // In the process of the service under test: what this server says about itself must not count as the service's.
        builder.Services.AddSingleton(new ActivitySource("Stub"));
        builder.Services.AddSingleton(new DiagnosticListener("Stub"));
        var app = builder.Build();
        var stub = new StubService(app) { Answer = answer };
        app.Run(stub.HandleAsync);
        await app.StartAsync();
        stub.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Hosts.Enqueue(context.Request.Host.Host);
        TraceParents.Enqueue(context.Request.Headers["traceparent"].ToString());
        var (status, body) = Answer(Interlocked.Increment(ref _calls));
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }
}
