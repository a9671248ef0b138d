using System.Diagnostics.Metrics;
using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Resolution;

namespace CloudNative.Discovery.Telemetry;

/// <summary>The instruments. Nothing is measured per pick: gauges read the table when somebody collects.</summary>
internal sealed class DiscoveryMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _ejections;
    private readonly Counter<long> _reinstatements;
    private readonly Counter<long> _dropped;

    public DiscoveryMetrics(IMeterFactory? factory)
    {
        _meter = factory?.Create(DiscoveryTelemetryNames.Meter) ?? new Meter(DiscoveryTelemetryNames.Meter);
        _ejections = _meter.CreateCounter<long>(
            DiscoveryTelemetryNames.Ejections, "{ejection}", "Instances that were ejected because they failed.");
        _reinstatements = _meter.CreateCounter<long>(
            DiscoveryTelemetryNames.Reinstatements, "{reinstatement}", "Ejected instances that were taken back.");
        _dropped = _meter.CreateCounter<long>(
            DiscoveryTelemetryNames.DroppedEndpoints, "{endpoint}", "Addresses that cannot be right and were left out.");
    }

    public void Observe(EndpointTable table)
    {
        _meter.CreateObservableGauge(
            DiscoveryTelemetryNames.Endpoints, () => Endpoints(table), "{endpoint}", "Instances in the endpoint table.");
        _meter.CreateObservableGauge(
            DiscoveryTelemetryNames.SourceUp, () => Sources(table), "1", "1 while a source answers, 0 while it is down.");
        _meter.CreateObservableGauge(
            DiscoveryTelemetryNames.StaleServices,
            () => table.Services.Count(service => service.Snapshot.IsStale),
            "{service}",
            "Services for which the last known good answer is in force.");
    }

    public void Ejected(string service, EjectionCause cause) => _ejections.Add(
        1,
        new(DiscoveryTelemetryNames.ServiceAttribute, service),
        new(DiscoveryTelemetryNames.ReasonAttribute, cause switch
        {
            EjectionCause.Unreachable => "unreachable",
            EjectionCause.SuccessRate => "success_rate",
            EjectionCause.Latency => "latency",
            _ => "failing",
        }));

    public void Reinstated(string service) =>
        _reinstatements.Add(1, new KeyValuePair<string, object?>(DiscoveryTelemetryNames.ServiceAttribute, service));

    public void Dropped(string service, string reason) => _dropped.Add(
        1,
        new(DiscoveryTelemetryNames.ServiceAttribute, service),
        new(DiscoveryTelemetryNames.ReasonAttribute, reason));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Endpoints(EndpointTable table)
    {
        foreach (var service in table.Services)
        {
            var members = service.Roster.Members;
            var ejected = members.Count(member => member.IsEjected);
            yield return Of(service.Service, "active", members.Length - ejected);
            yield return Of(service.Service, "ejected", ejected);
        }
    }

    private static Measurement<int> Of(string service, string state, int count) => new(
        count,
        new KeyValuePair<string, object?>(DiscoveryTelemetryNames.ServiceAttribute, service),
        new KeyValuePair<string, object?>(DiscoveryTelemetryNames.StateAttribute, state));

    private static IEnumerable<Measurement<int>> Sources(EndpointTable table) => table.Gates
        .Where(gate => gate.Condition != SourceCondition.Unproven)
        .Select(gate => new Measurement<int>(
            gate.Condition == SourceCondition.Up ? 1 : 0,
            new KeyValuePair<string, object?>(DiscoveryTelemetryNames.SourceAttribute, gate.Name)));
}
