namespace CloudNative.Health;

/// <summary>The names of what this package measures; see <c>docs/reference/telemetry.md</c>.</summary>
public static class HealthTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Health";

    /// <summary>Gauge: 2 healthy, 1 degraded, 0 unhealthy, one a probe.</summary>
    public const string ProbeStatus = "cloudnative.health.probe.status";

    /// <summary>Histogram, seconds: one run of one check.</summary>
    public const string CheckDuration = "cloudnative.health.check.duration";

    /// <summary>Attribute: <c>startup</c>, <c>ready</c> or <c>live</c>.</summary>
    public const string ProbeAttribute = "cloudnative.health.probe";

    /// <summary>Attribute: the name of the check's registration.</summary>
    public const string CheckAttribute = "cloudnative.health.check";

    /// <summary>Attribute: <c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</summary>
    public const string StatusAttribute = "cloudnative.health.status";
}
