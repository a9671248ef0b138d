namespace CloudNative.Embedded;

/// <summary>The names of what this package measures.</summary>
public static class EmbeddedTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Embedded";

    /// <summary>
    /// Histogram, seconds: time that one operation on the store took, waiting for other writers included.
    /// </summary>
    public const string StoreDuration = "cloudnative.embedded.store.duration";

    /// <summary>Up-down counter, <c>{process}</c>: other processes of the app that this one is connected to.</summary>
    public const string Peers = "cloudnative.embedded.peers";

    /// <summary>Counter, <c>{process}</c>: processes that this one found dead and cleaned up after.</summary>
    public const string DeadProcesses = "cloudnative.embedded.dead_processes";

    /// <summary>Counter, <c>{lease}</c>: leases that this process lost before it released them.</summary>
    public const string LostLeases = "cloudnative.embedded.leases.lost";

    /// <summary>
    /// Counter, <c>{message}</c>: events that were removed for their age before a group had handled them, since no service had been in
    /// it for as long.
    /// </summary>
    public const string MissedEvents = "cloudnative.embedded.events.missed";

    /// <summary>Attribute: the topic.</summary>
    public const string DestinationAttribute = "messaging.destination.name";

    /// <summary>Attribute: the group.</summary>
    public const string GroupAttribute = "messaging.consumer.group.name";

    /// <summary>Attribute: what was done with the store, <c>register</c>, <c>read</c>, <c>lease.acquire</c>…</summary>
    public const string OperationAttribute = "cloudnative.embedded.operation";

    /// <summary>Attribute: <c>ok</c> or <c>error</c>.</summary>
    public const string OutcomeAttribute = "cloudnative.embedded.outcome";
}
