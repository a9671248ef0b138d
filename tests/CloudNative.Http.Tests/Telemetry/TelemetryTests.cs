using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CloudNative.Http.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Attempts_AreCountedByOutcome()
    {
        await using var server = await TestServer.StartAsync("ok");
        using var dead = new DeadPort();
        await using var lab = Lab.Create();
        lab.Know(dead.Address, server.Address);
        var meters = lab.Services.GetRequiredService<IMeterFactory>();
        using var attempts = new MetricCollector<long>(meters, HttpTelemetryNames.Meter, HttpTelemetryNames.Attempts);
        using var repicks = new MetricCollector<long>(meters, HttpTelemetryNames.Meter, HttpTelemetryNames.Repicks);

        for (var i = 0; i < 20; i++)
        {
            await lab.Client().GetStringAsync("http://catalog/", Token);
        }

        var outcomes = attempts.GetMeasurementSnapshot().CountBy(each => (string)each.Tags[HttpTelemetryNames.Outcome]!).ToDictionary();
        Assert.Equal(20, outcomes["success"]);
        Assert.Equal(outcomes["connect_failure"], repicks.GetMeasurementSnapshot().Count);
        Assert.All(attempts.GetMeasurementSnapshot(), each =>
        {
            Assert.Equal("catalog", each.Tags[HttpTelemetryNames.Service]);
            Assert.Equal("lab", each.Tags[HttpTelemetryNames.Client]);
        });
    }

    [Fact]
    public async Task SpansAndMetricsOfHttpClient_NameTheService()
    {
        await using var server = await TestServer.StartAsync("ok");
        await using var lab = Lab.Create();
        lab.Know(server);

        // The listener hears every request of the process, those of other tests included.
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var meters = lab.Services.GetRequiredService<IMeterFactory>();
        using var durations = new MetricCollector<double>(meters, "System.Net.Http", "http.client.request.duration");

        await lab.Client().GetStringAsync("http://catalog/telemetry", Token);

        var span = Assert.Single(
            spans, span => span.GetTagItem("url.full") is string url && url.EndsWith("/telemetry", StringComparison.Ordinal));
        Assert.Equal("catalog", span.GetTagItem("server.address"));
        Assert.Equal("catalog", Assert.Single(durations.GetMeasurementSnapshot()).Tags["server.address"]);
    }
}
