using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Comparison.Chain;

/// <summary>One service of a chain: called over HTTP or gRPC, it calls the next one over the other; the last never answers.</summary>
internal sealed class ChainHop(ChainHopKind? next, ConcurrentQueue<double> late)
{
    /// <summary>The timestamp, in this process, at which the first caller has given up; only for measuring.</summary>
    public const string GivesUpAt = "gives-up-at";

    private const string Next = "next";

    public static async Task<WebApplication> StartAsync(
        ChainHopKind kind, ChainHopKind? next, string? address, ConcurrentQueue<double> late, IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            listen.Protocols = kind == ChainHopKind.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        builder.Configuration["CloudNative:Discovery:Provider"] = "none";
        builder.Configuration[$"Services:{Next}:http:0"] = address;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddCloudNative();
        builder.Services.AddGrpc();
        builder.Services.AddCloudNativeGrpc();
        builder.Services.AddHttpClient(Next);
        builder.Services.AddGrpcClient<Hop.HopClient>(client => client.Address = new Uri($"http://{Next}"));
        builder.Services.AddSingleton(new ChainHop(next, late));
        var app = builder.Build();
        app.MapGrpcService<HopService>();
        app.MapGet("/", (HttpContext context, ChainHop hop) =>
            hop.PassAsync(context, context.Request.Headers[GivesUpAt].ToString(), context.RequestAborted));
        await app.StartAsync();
        return app;
    }

    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public async Task PassAsync(HttpContext context, string givesUpAt, CancellationToken cancellationToken)
    {
        try
        {
            var services = context.RequestServices;
            switch (next)
            {
                case ChainHopKind.Grpc:
                    await services.GetRequiredService<Hop.HopClient>()
                        .PassAsync(new Nothing(), new Metadata { { GivesUpAt, givesUpAt } }, cancellationToken: cancellationToken);
                    break;
                case ChainHopKind.Http:
                    using (var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://{Next}/")))
                    {
                        request.Headers.Add(GivesUpAt, givesUpAt);
                        var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(Next);
                        using var answer = await client.SendAsync(request, cancellationToken);
                    }

                    break;
                default:
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                    break;
            }
        }
        finally
        {
            var deadline = long.Parse(givesUpAt, CultureInfo.InvariantCulture);
            late.Enqueue(TimeProvider.System.GetElapsedTime(deadline).TotalMilliseconds);
        }
    }
}
