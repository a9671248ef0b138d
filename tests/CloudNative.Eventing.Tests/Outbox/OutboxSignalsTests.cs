using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CloudNative.Eventing.Tests.Outbox;

public sealed class OutboxSignalsTests
{
    [Fact]
    public async Task Health_OldestWaitsTooLong_IsDegraded()
    {
        await using var host = new OutboxHost(("CloudNative:Eventing:Outbox:DegradedAfter", "00:00:20"));
        host.Transport.Script = _ => throw new EventTransportException("CN0000 down");
        host.Outbox.Add(Outgoing.Events(1, 3));
        await host.StartAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        host.Time.Advance(TimeSpan.FromSeconds(21));
        var (status, description) = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, status);
        Assert.Contains("3 events wait in the outbox in 'orders.db', the oldest for 21 s", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_EventsWereSetAside_IsDegraded()
    {
        await using var host = new OutboxHost();
        host.Transport.Script = _ => throw new EventRejectedException("CN0000 never");
        host.Outbox.Add(Outgoing.Events(1, 1));
        await host.StartAsync();
        await host.QuietAsync();
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task Metrics_WhileTransportIsDownAndAfter_ShowWhatWaitsAndWhatWent()
    {
        await using var host = new OutboxHost();
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        using var pending = new MetricCollector<long>(meters, EventOutboxTelemetryNames.Meter, EventOutboxTelemetryNames.Pending);
        using var age = new MetricCollector<double>(meters, EventOutboxTelemetryNames.Meter, EventOutboxTelemetryNames.OldestAge);
        using var relayed = new MetricCollector<long>(meters, EventOutboxTelemetryNames.Meter, EventOutboxTelemetryNames.Relayed);
        host.Transport.Script = _ => throw new EventTransportException("CN0000 down");
        host.Outbox.Add(Outgoing.Events(1, 3));
        await host.StartAsync();
        await host.AdvanceUntilAsync(() => host.Transport.Attempts >= 4, TimeSpan.FromHours(5));
        pending.RecordObservableInstruments();
        age.RecordObservableInstruments();
        Assert.Equal(3, pending.LastMeasurement!.Value);
        Assert.True(age.LastMeasurement!.Value > 0);
        host.Transport.Script = _ => Task.CompletedTask;
        await host.AdvanceUntilAsync(() => host.Outbox.Count == 0, TimeSpan.FromHours(5));
        await host.QuietAsync();
        pending.RecordObservableInstruments();
        Assert.Equal(0, pending.LastMeasurement!.Value);
        Assert.Equal(3, relayed.GetMeasurementSnapshot().Sum(measured => measured.Value));
        Assert.Equal("orders.db", relayed.LastMeasurement!.Tags[EventOutboxTelemetryNames.Attribute]);
    }

    private static async Task<(HealthStatus Status, string? Description)> CheckAsync(OutboxHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(check => check.Name == "outbox orders.db", TestContext.Current.CancellationToken);
        var entry = report.Entries["outbox orders.db"];
        return (entry.Status, entry.Description);
    }
}
