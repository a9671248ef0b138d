using System.Diagnostics.Metrics;

namespace CloudNative.Kubernetes.Telemetry;

/// <summary>The instruments of this package.</summary>
internal sealed class KubernetesMetrics : IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly Meter _meter;
    private readonly Histogram<double> _callDuration;
    private readonly Counter<int> _relists;
    private readonly Counter<int> _lostLeases;

    public KubernetesMetrics(TimeProvider timeProvider, IMeterFactory? meterFactory = null)
    {
        _timeProvider = timeProvider;
        _meter = meterFactory?.Create(KubernetesTelemetryNames.Meter) ?? new Meter(KubernetesTelemetryNames.Meter);
        _callDuration = _meter.CreateHistogram<double>(
            KubernetesTelemetryNames.CallDuration,
            "s",
            "Time that one call to the API server took; of a watch, until the server took it.");
        _relists = _meter.CreateCounter<int>(
            KubernetesTelemetryNames.Relists, "{list}", "Times that an informer listed everything again.");
        _lostLeases = _meter.CreateCounter<int>(
            KubernetesTelemetryNames.LostLeases, "{lease}", "Leases that this process lost before it released them.");
    }

    public long Now => _timeProvider.GetTimestamp();

    public void RecordCall(string verb, string resource, long started, bool succeeded) => _callDuration.Record(
        _timeProvider.GetElapsedTime(started).TotalSeconds,
        new(KubernetesTelemetryNames.VerbAttribute, verb),
        new(KubernetesTelemetryNames.ResourceAttribute, resource),
        new(KubernetesTelemetryNames.OutcomeAttribute, succeeded ? "ok" : "error"));

    public void Relisted(string resource, string cause) => _relists.Add(
        1,
        new(KubernetesTelemetryNames.ResourceAttribute, resource),
        new(KubernetesTelemetryNames.CauseAttribute, cause));

    public void LeaseLost() => _lostLeases.Add(1);

    // A meter of a factory lives as long as the factory; disposing it here as well is harmless.
    public void Dispose() => _meter.Dispose();
}
