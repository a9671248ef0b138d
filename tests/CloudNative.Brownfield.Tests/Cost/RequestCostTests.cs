using CloudNative.TestSupport.Figures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CloudNative.Brownfield.Tests.Cost;

/// <summary>What a request costs over OpenTelemetry wired by hand. Bytes are exact to a few; times are not, on shared machines.</summary>
public sealed class RequestCostTests(ITestOutputHelper output)
{
    private const int Requests = 10_000;
    private const int Rounds = 5;
    private const double AllowedForTelemetry = 40;
    private const double AllowedForShedding = 300;
    private const string Shedding = "CloudNative:LoadShedding:Enabled";

    // What else a request might pay for has tests of its own; checks in the background would add bytes that no request asked for.
    private static readonly KeyValuePair<string, string?>[] OnlyTelemetry =
    [
        new("CloudNative:Discovery:Enabled", "false"),
        new("CloudNative:Http:Enabled", "false"),
        new("CloudNative:Health:Enabled", "false"),
        new(Shedding, "false"),
    ];

    [Fact]
    public Task Request_OverHandWiredOpenTelemetry_AllocatesAtMost40BytesMore() =>
        CompareAsync("by hand", WireByHand, "ours", builder => builder.AddCloudNative(), AllowedForTelemetry);

    [Fact]
    public Task Request_WithLoadShedding_AllocatesAtMost300BytesMore() => CompareAsync(
        "without",
        builder => builder.AddCloudNative(),
        "with load shedding",
        builder =>
        {
            builder.Configuration[Shedding] = "true";
            builder.AddCloudNative();
        },
        AllowedForShedding);

    private async Task CompareAsync(
        string floorName, Action<WebApplicationBuilder> floor, string name, Action<WebApplicationBuilder> setUp, double allowed)
    {
        ReleaseBuild.Require(typeof(ServiceInfo));
        var least = double.MaxValue;
        var ours = double.MaxValue;

        // One after the other: listeners are global to the process. The least of the rounds is the one least disturbed.
        for (var round = 0; round < Rounds; round++)
        {
            least = Math.Min(least, await MeasureAsync(floor));
            ours = Math.Min(ours, await MeasureAsync(setUp));
        }

        output.WriteLine($"{floorName} {least:0} B, {name} {ours:0} B a request, difference {ours - least:0.0} B");
        Assert.True(ours - least <= allowed, $"{floorName} {least:0} B, {name} {ours:0} B a request; at most {allowed} B more");
    }

    /// <summary>The three signals, as a ServiceDefaults project has them.</summary>
    private static void WireByHand(WebApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddAspNetCoreInstrumentation().AddSource("System.Net.Http"))
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.AspNetCore.*", "System.Net.Http", "System.Runtime"));
    }

    private static async Task<double> MeasureAsync(Action<WebApplicationBuilder> setUp)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(OnlyTelemetry);
        setUp(builder);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new NoProcessor()));
        await using var app = builder.Build();
        app.MapGet("/", (HttpContext context) =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        using var client = app.GetTestClient();
        await SendAsync(client, Requests);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await SendAsync(client, Requests);
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        await app.StopAsync();
        return allocated / (double)Requests;
    }

    private static async Task SendAsync(HttpClient client, int requests)
    {
        for (var request = 0; request < requests; request++)
        {
            using var response = await client.GetAsync(new Uri("/", UriKind.Relative));
        }
    }
}
