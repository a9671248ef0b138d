using System.Diagnostics.Metrics;
using CloudNative.Health.Evaluation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Telemetry;

internal sealed class HealthMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly HealthState _state;
    private readonly Histogram<double> _duration;

    public HealthMetrics(IMeterFactory meters, HealthState state)
    {
        _state = state;
        _meter = meters.Create(HealthTelemetryNames.Meter);
        _duration = _meter.CreateHistogram<double>(
            HealthTelemetryNames.CheckDuration, "s", "The time one run of a health check took.");
        _meter.CreateObservableGauge(
            HealthTelemetryNames.ProbeStatus,
            Observe,
            "{status}",
            "What a probe answers: 2 healthy, 1 degraded, 0 unhealthy.");
    }

    public void Checked(string check, HealthStatus status, TimeSpan elapsed) =>
        _duration.Record(
            elapsed.TotalSeconds,
            new KeyValuePair<string, object?>(HealthTelemetryNames.CheckAttribute, check),
            new KeyValuePair<string, object?>(HealthTelemetryNames.StatusAttribute, Name(status)));

    public void Dispose() => _meter.Dispose();

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    private IEnumerable<Measurement<int>> Observe() =>
    [
        Measure(HealthProbe.Startup, "startup"), Measure(HealthProbe.Ready, "ready"), Measure(HealthProbe.Live, "live"),
    ];

    private Measurement<int> Measure(HealthProbe probe, string name) =>
        new((int)_state.Read(probe), new KeyValuePair<string, object?>(HealthTelemetryNames.ProbeAttribute, name));
}
