using System.Diagnostics.Metrics;
using CloudNative.Discovery;

namespace CloudNative.Http.Telemetry;

/// <summary>The instruments. Three attributes at most, given by value, so that counting allocates nothing.</summary>
internal sealed class HttpMetrics
{
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _repicks;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _budgetExhausted;
    private readonly Counter<long> _deadlineExceeded;
    private readonly Counter<long> _endpointWaits;
    private readonly Counter<long> _hedges;
    private readonly Counter<long> _limitRejections;

    public HttpMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(HttpTelemetryNames.Meter);
        _attempts = meter.CreateCounter<long>(
            HttpTelemetryNames.Attempts, "{attempt}", "Attempts, by outcome.");
        _repicks = meter.CreateCounter<long>(
            HttpTelemetryNames.Repicks, "{repick}", "Endpoints passed over because they could not be connected.");
        _retries = meter.CreateCounter<long>(
            HttpTelemetryNames.Retries, "{retry}", "Attempts made again after something may have been sent.");
        _budgetExhausted = meter.CreateCounter<long>(
            HttpTelemetryNames.BudgetExhausted, "{retry}", "Retries that the budget refused.");
        _deadlineExceeded = meter.CreateCounter<long>(
            HttpTelemetryNames.DeadlineExceeded, "{call}", "Calls that ran into their deadline.");
        _endpointWaits = meter.CreateCounter<long>(
            HttpTelemetryNames.EndpointWaits, "{call}", "Calls that waited for an endpoint.");
        _hedges = meter.CreateCounter<long>(
            HttpTelemetryNames.Hedges, "{hedge}", "Second attempts beside slow ones, by result.");
        _limitRejections = meter.CreateCounter<long>(
            HttpTelemetryNames.LimitRejections, "{call}", "Calls that no instance had room for.");
    }

    public void OnAttempt(string client, string service, EndpointOutcome outcome)
    {
        if (_attempts.Enabled)
        {
            _attempts.Add(
                1,
                Tag(HttpTelemetryNames.Client, client),
                Tag(HttpTelemetryNames.Service, service),
                Tag(HttpTelemetryNames.Outcome, NameOf(outcome)));
        }
    }

    public void OnRepick(string client, string service) => Count(_repicks, client, service);

    public void OnRetry(string client, string service) => Count(_retries, client, service);

    public void OnBudgetExhausted(string client, string service) => Count(_budgetExhausted, client, service);

    public void OnDeadlineExceeded(string client, string service) => Count(_deadlineExceeded, client, service);

    public void OnEndpointWait(string client, string service) => Count(_endpointWaits, client, service);

    public void OnLimitRejection(string client, string service) => Count(_limitRejections, client, service);

    public void OnHedge(string client, string service, bool isWon) => _hedges.Add(
        1,
        Tag(HttpTelemetryNames.Client, client),
        Tag(HttpTelemetryNames.Service, service),
        Tag(HttpTelemetryNames.HedgeResult, isWon ? "won" : "lost"));

    private static void Count(Counter<long> counter, string client, string service) =>
        counter.Add(1, Tag(HttpTelemetryNames.Client, client), Tag(HttpTelemetryNames.Service, service));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    private static string NameOf(EndpointOutcome outcome) => outcome switch
    {
        EndpointOutcome.Success => "success",
        EndpointOutcome.Failure => "failure",
        EndpointOutcome.ConnectFailure => "connect_failure",
        EndpointOutcome.Timeout => "timeout",
        EndpointOutcome.Overloaded => "overloaded",
        _ => "abandoned",
    };
}
