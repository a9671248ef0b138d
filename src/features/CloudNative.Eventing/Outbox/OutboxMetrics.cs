using System.Diagnostics.Metrics;

namespace CloudNative.Eventing.Outbox;

/// <summary>The instruments of the outboxes. Gauges show what the relays saw last; reading them asks no database.</summary>
internal sealed class OutboxMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private readonly Counter<long> _relayed;
    private readonly Counter<long> _failures;

    public OutboxMetrics(TimeProvider time, IMeterFactory? meterFactory = null)
    {
        _time = time;
        _meter = meterFactory?.Create(EventOutboxTelemetryNames.Meter) ?? new Meter(EventOutboxTelemetryNames.Meter);
        _relayed = _meter.CreateCounter<long>(
            EventOutboxTelemetryNames.Relayed, "{event}", "Events moved from the outbox to the transport.");
        _failures = _meter.CreateCounter<long>(
            EventOutboxTelemetryNames.Failures, "{attempt}", "Attempts to relay that failed.");
    }

    /// <summary>Shows relays from now on. Called once, when there are any.</summary>
    public void Observe(IReadOnlyList<OutboxRelay> relays)
    {
        _meter.CreateObservableGauge(
            EventOutboxTelemetryNames.Pending,
            () => relays.Select(relay => Of(relay, relay.LastSeen.Waiting)),
            "{event}",
            "Committed events that are not relayed yet.");
        _meter.CreateObservableGauge(
            EventOutboxTelemetryNames.OldestAge,
            () => relays.Select(relay => Of(relay, AgeOf(relay.LastSeen))),
            "s",
            "Age of the oldest event that is not relayed yet.");
        _meter.CreateObservableGauge(
            EventOutboxTelemetryNames.SetAside,
            () => relays.Select(relay => Of(relay, relay.LastSeen.SetAside)),
            "{event}",
            "Events that were set aside because they cannot be read or no transport takes them.");
    }

    public void Relayed(string outbox, int events) => _relayed.Add(events, Tag(outbox));

    public void Failed(string outbox) => _failures.Add(1, Tag(outbox));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string outbox) => new(EventOutboxTelemetryNames.Attribute, outbox);

    private static Measurement<T> Of<T>(OutboxRelay relay, T value)
        where T : struct => new(value, Tag(relay.Name));

    private double AgeOf(OutboxBacklog backlog) =>
        backlog.Oldest is { } oldest ? Math.Max(0, (_time.GetUtcNow() - oldest).TotalSeconds) : 0;
}
