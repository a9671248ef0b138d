namespace CloudNative.Discovery;

/// <summary>The names of what discovery measures.</summary>
public static class DiscoveryTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Discovery";

    /// <summary>
    /// Gauge, <c>{endpoint}</c>: instances in the table, by <c>cloudnative.service</c> and
    /// <c>cloudnative.discovery.state</c> (<c>active</c>, <c>ejected</c>).
    /// </summary>
    public const string Endpoints = "cloudnative.discovery.endpoints";

    /// <summary>
    /// Counter, <c>{ejection}</c>: instances ejected, by <c>cloudnative.service</c> and
    /// <c>cloudnative.discovery.reason</c> (<c>unreachable</c>, <c>failing</c>, <c>success_rate</c>, <c>latency</c>).
    /// </summary>
    public const string Ejections = "cloudnative.discovery.ejections";

    /// <summary>Counter, <c>{reinstatement}</c>: instances taken back, by <c>cloudnative.service</c>.</summary>
    public const string Reinstatements = "cloudnative.discovery.reinstatements";

    /// <summary>
    /// Counter, <c>{endpoint}</c>: addresses in answers of sources that cannot be right and were left out, by
    /// <c>cloudnative.service</c>
    /// and <c>cloudnative.discovery.reason</c> (<c>port</c>, <c>scheme</c>, <c>unspecified</c>, <c>link_local</c>).
    /// </summary>
    public const string DroppedEndpoints = "cloudnative.discovery.endpoints.dropped";

    /// <summary>
    /// Gauge, <c>1</c>: 1 while a source answers, 0 while it is down, by <c>cloudnative.discovery.source</c>.
    /// </summary>
    public const string SourceUp = "cloudnative.discovery.source.up";

    /// <summary>Gauge, <c>{service}</c>: services for which the last known good answer is in force.</summary>
    public const string StaleServices = "cloudnative.discovery.stale_services";

    /// <summary>Attribute: the logical name of the called service.</summary>
    public const string ServiceAttribute = "cloudnative.service";

    /// <summary>Attribute: <c>active</c> or <c>ejected</c>.</summary>
    public const string StateAttribute = "cloudnative.discovery.state";

    /// <summary>Attribute: why an instance was ejected or an address dropped.</summary>
    public const string ReasonAttribute = "cloudnative.discovery.reason";

    /// <summary>Attribute: the name of a source.</summary>
    public const string SourceAttribute = "cloudnative.discovery.source";
}
