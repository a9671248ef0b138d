namespace CloudNative.Http;

/// <summary>
/// The names under which calls to services are measured; <c>docs/reference/telemetry.md</c> explains them.
/// </summary>
public static class HttpTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Http";

    /// <summary>Counter of attempts, by outcome.</summary>
    public const string Attempts = "cloudnative.http.client.attempts";

    /// <summary>Counter of endpoints that could not be connected and were passed over for another one.</summary>
    public const string Repicks = "cloudnative.http.client.repicks";

    /// <summary>Counter of attempts made again after something may have been sent.</summary>
    public const string Retries = "cloudnative.http.client.retries";

    /// <summary>Counter of retries that the budget refused.</summary>
    public const string BudgetExhausted = "cloudnative.http.client.retry_budget.exhausted";

    /// <summary>Counter of calls that ran into their deadline.</summary>
    public const string DeadlineExceeded = "cloudnative.http.client.deadline.exceeded";

    /// <summary>Counter of calls that waited for an endpoint of a service that had none.</summary>
    public const string EndpointWaits = "cloudnative.http.client.endpoint.waits";

    /// <summary>Counter of second attempts made beside slow ones, by result.</summary>
    public const string Hedges = "cloudnative.http.client.hedges";

    /// <summary>Counter of calls that failed because no instance had room for them.</summary>
    public const string LimitRejections = "cloudnative.http.client.limit.rejections";

    /// <summary>Attribute: <c>won</c> when the second attempt answered first, or <c>lost</c>.</summary>
    public const string HedgeResult = "cloudnative.http.client.hedge.result";

    /// <summary>Attribute: the logical name of the service.</summary>
    public const string Service = "cloudnative.service";

    /// <summary>Attribute: the name of the client at IHttpClientFactory.</summary>
    public const string Client = "cloudnative.http.client.name";

    /// <summary>
    /// Attribute: <c>success</c>, <c>failure</c>, <c>connect_failure</c>, <c>timeout</c>, <c>overloaded</c> or <c>abandoned</c>.
    /// </summary>
    public const string Outcome = "cloudnative.http.client.outcome";
}
