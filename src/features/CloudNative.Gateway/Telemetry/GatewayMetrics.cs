using System.Diagnostics.Metrics;
using CloudNative.Gateway.Failures;

namespace CloudNative.Gateway.Telemetry;

internal sealed class GatewayMetrics
{
    private readonly Counter<long> _failures;
    private readonly Counter<long> _reloads;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayTelemetryNames.Meter);
        _failures = meter.CreateCounter<long>(
            GatewayTelemetryNames.Failures, "{request}", "Requests that could not be forwarded, or broke off.");
        _reloads = meter.CreateCounter<long>(
            GatewayTelemetryNames.Reloads, "{reload}", "New configurations of the routes, by result.");
    }

    public void CountFailure(string route, FailureKind kind) => _failures.Add(
        1, new(GatewayTelemetryNames.Route, route), new(GatewayTelemetryNames.ErrorType, Name(kind)));

    public void CountReload(string result) => _reloads.Add(1, new KeyValuePair<string, object?>(GatewayTelemetryNames.Result, result));

    private static string Name(FailureKind kind) => kind switch
    {
        FailureKind.ClientGone => "client_gone",
        FailureKind.NotConnected => "not_connected",
        FailureKind.TimedOut => "timeout",
        FailureKind.BrokenOff => "broken_off",
        _ => "bad_answer",
    };
}
