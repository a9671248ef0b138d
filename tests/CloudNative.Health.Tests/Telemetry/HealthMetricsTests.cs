using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Tests.Telemetry;

public sealed class HealthMetricsTests
{
    [Fact]
    public async Task Meter_ChecksRan_TellsProbesAndDurations()
    {
        await using var host = new HealthHost([new FakeCheck("db")]);
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        var seen = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == HealthTelemetryNames.Meter && instrument.Meter.Scope == factory)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
            seen.Enqueue($"{instrument.Name} {tags[0].Value} {value}"));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
            seen.Enqueue($"{instrument.Name} {tags[0].Value} {tags[1].Value}"));
        listener.Start();

        await host.StartAsync();
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);
        listener.RecordObservableInstruments();

        Assert.Contains("cloudnative.health.check.duration db healthy", seen);
        Assert.Contains("cloudnative.health.probe.status ready 2", seen);
    }
}
