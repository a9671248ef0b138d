namespace CloudNative.Consul;

/// <summary>The names of what this package measures.</summary>
public static class ConsulTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Consul";

    /// <summary>
    /// Histogram, seconds: time that one call to the agent took; of a question that waits for a change, the wait
    /// included.
    /// </summary>
    public const string CallDuration = "cloudnative.consul.call.duration";

    /// <summary>
    /// Counter, <c>{registration}</c>: times that the agent had forgotten an instance and was told of it again.
    /// </summary>
    public const string Reregistrations = "cloudnative.consul.reregistrations";

    /// <summary>Counter, <c>{lease}</c>: leases that this process lost before it released them.</summary>
    public const string LostLeases = "cloudnative.consul.leases.lost";

    /// <summary>
    /// Attribute: what was asked, <c>watch</c>, <c>register</c>, <c>heartbeat</c>, <c>deregister</c>, <c>self</c>,
    /// <c>lease.read</c>, <c>lease.session</c>, <c>lease.acquire</c>, <c>lease.renew</c>, <c>lease.check</c>,
    /// <c>lease.release</c>, <c>kv.watch</c>.
    /// </summary>
    public const string OperationAttribute = "cloudnative.consul.operation";

    /// <summary>Attribute: <c>ok</c> or <c>error</c>.</summary>
    public const string OutcomeAttribute = "cloudnative.consul.outcome";
}
