using System.Diagnostics.Metrics;

namespace CloudNative.Embedded.Telemetry;

/// <summary>The instruments of this package.</summary>
internal sealed class EmbeddedMetrics : IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly Meter _meter;
    private readonly Histogram<double> _storeDuration;
    private readonly UpDownCounter<int> _peers;
    private readonly Counter<int> _deadProcesses;
    private readonly Counter<int> _lostLeases;
    private readonly Counter<long> _missedEvents;

    public EmbeddedMetrics(TimeProvider timeProvider, IMeterFactory? meterFactory = null)
    {
        _timeProvider = timeProvider;
        _meter = meterFactory?.Create(EmbeddedTelemetryNames.Meter) ?? new Meter(EmbeddedTelemetryNames.Meter);
        _storeDuration = _meter.CreateHistogram<double>(
            EmbeddedTelemetryNames.StoreDuration, "s", "Time that one operation on the store took.");
        _peers = _meter.CreateUpDownCounter<int>(
            EmbeddedTelemetryNames.Peers, "{process}", "Other processes of the app that this one is connected to.");
        _deadProcesses = _meter.CreateCounter<int>(
            EmbeddedTelemetryNames.DeadProcesses, "{process}", "Processes found dead and cleaned up after.");
        _lostLeases = _meter.CreateCounter<int>(
            EmbeddedTelemetryNames.LostLeases, "{lease}", "Leases lost before they were released.");
        _missedEvents = _meter.CreateCounter<long>(
            EmbeddedTelemetryNames.MissedEvents, "{message}", "Events removed for their age before a group had handled them.");
    }

    public long Now => _timeProvider.GetTimestamp();

    public void RecordOperation(string operation, long started, bool succeeded) => _storeDuration.Record(
        _timeProvider.GetElapsedTime(started).TotalSeconds,
        new(EmbeddedTelemetryNames.OperationAttribute, operation),
        new(EmbeddedTelemetryNames.OutcomeAttribute, succeeded ? "ok" : "error"));

    public void PeerConnected() => _peers.Add(1);

    public void PeerDisconnected() => _peers.Add(-1);

    public void ProcessFoundDead() => _deadProcesses.Add(1);

    public void LeaseLost() => _lostLeases.Add(1);

    public void EventsMissed(string topic, string group, long count) => _missedEvents.Add(
        count,
        new(EmbeddedTelemetryNames.DestinationAttribute, topic),
        new(EmbeddedTelemetryNames.GroupAttribute, group));

    // A meter of a factory lives as long as the factory; disposing it here as well is harmless.
    public void Dispose() => _meter.Dispose();
}
