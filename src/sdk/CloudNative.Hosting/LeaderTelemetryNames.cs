namespace CloudNative.Hosting;

/// <summary>The names of what is measured of services that one replica runs at a time.</summary>
public static class LeaderTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Hosting";

    /// <summary>
    /// Up-down counter, <c>{leader}</c>: 1 in the process that leads, 0 in others. The sum over all replicas should be 1.
    /// </summary>
    public const string Active = "cloudnative.leader.active";

    /// <summary>Counter, <c>{leadership}</c>: leaderships that ended, by how.</summary>
    public const string Ended = "cloudnative.leader.ended";

    /// <summary>Attribute: the name of the lease.</summary>
    public const string NameAttribute = "cloudnative.leader.name";

    /// <summary>Attribute: <c>stopped</c> with the host, <c>returned</c> by itself, <c>failed</c>, or <c>lost</c> its lease.</summary>
    public const string ReasonAttribute = "cloudnative.leader.reason";
}
