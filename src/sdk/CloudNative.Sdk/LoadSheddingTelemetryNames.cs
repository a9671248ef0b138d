namespace CloudNative.Sdk;

/// <summary>
/// The names under which load shedding is measured; <c>docs/reference/telemetry.md</c> explains them.
/// </summary>
public static class LoadSheddingTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Sdk";

    /// <summary>Counter of requests that were declined, by priority.</summary>
    public const string Declined = "cloudnative.load_shedding.declined";

    /// <summary>Gauge of the requests that wait for their turn.</summary>
    public const string Waiting = "cloudnative.load_shedding.waiting";

    /// <summary>Gauge of how many requests are served at the same time; nothing while there is no limit.</summary>
    public const string Limit = "cloudnative.load_shedding.limit";

    /// <summary>Attribute: <c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public const string Priority = "cloudnative.load_shedding.priority";
}
