using System.Diagnostics.Metrics;

namespace CloudNative.PostgreSql.Telemetry;

/// <summary>The instruments of this package.</summary>
internal sealed class PostgreSqlMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<int> _lostLeases;
    private readonly Counter<long> _missedEvents;

    public PostgreSqlMetrics(IMeterFactory? meterFactory = null)
    {
        _meter = meterFactory?.Create(PostgreSqlTelemetryNames.Meter) ?? new Meter(PostgreSqlTelemetryNames.Meter);
        _lostLeases = _meter.CreateCounter<int>(
            PostgreSqlTelemetryNames.LostLeases, "{lease}", "Leases lost before they were released.");
        _missedEvents = _meter.CreateCounter<long>(
            PostgreSqlTelemetryNames.MissedEvents, "{message}", "Events removed for their age before a group had handled them.");
    }

    public void LeaseLost() => _lostLeases.Add(1);

    public void EventsMissed(string topic, string group, long count) => _missedEvents.Add(
        count,
        new(PostgreSqlTelemetryNames.DestinationAttribute, topic),
        new(PostgreSqlTelemetryNames.GroupAttribute, group));

    // A meter of a factory lives as long as the factory; disposing it here as well is harmless.
    public void Dispose() => _meter.Dispose();
}
