using System.Diagnostics.Metrics;

namespace CloudNative.Consul.Telemetry;

/// <summary>The instruments of this package.</summary>
internal sealed class ConsulMetrics : IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly Meter _meter;
    private readonly Histogram<double> _callDuration;
    private readonly Counter<int> _reregistrations;
    private readonly Counter<int> _lostLeases;

    public ConsulMetrics(TimeProvider timeProvider, IMeterFactory? meterFactory = null)
    {
        _timeProvider = timeProvider;
        _meter = meterFactory?.Create(ConsulTelemetryNames.Meter) ?? new Meter(ConsulTelemetryNames.Meter);
        _callDuration = _meter.CreateHistogram<double>(
            ConsulTelemetryNames.CallDuration, "s", "Time that one call to the agent took.");
        _reregistrations = _meter.CreateCounter<int>(
            ConsulTelemetryNames.Reregistrations, "{registration}", "Instances that the agent had forgotten and was told of again.");
        _lostLeases = _meter.CreateCounter<int>(
            ConsulTelemetryNames.LostLeases, "{lease}", "Leases that this process lost before it released them.");
    }

    public long Now => _timeProvider.GetTimestamp();

    public void RecordCall(string operation, long started, bool succeeded) => _callDuration.Record(
        _timeProvider.GetElapsedTime(started).TotalSeconds,
        new(ConsulTelemetryNames.OperationAttribute, operation),
        new(ConsulTelemetryNames.OutcomeAttribute, succeeded ? "ok" : "error"));

    public void Reregistered() => _reregistrations.Add(1);

    public void LeaseLost() => _lostLeases.Add(1);

    // A meter of a factory lives as long as the factory; disposing it here as well is harmless.
    public void Dispose() => _meter.Dispose();
}
