namespace CloudNative.Eventing;

/// <summary>The names of what the outboxes measure.</summary>
public static class EventOutboxTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Eventing";

    /// <summary>Gauge, <c>{event}</c>: committed events that are not relayed yet, as last seen by the relay.</summary>
    public const string Pending = "cloudnative.eventing.outbox.pending";

    /// <summary>Gauge, seconds: age of the oldest of them.</summary>
    public const string OldestAge = "cloudnative.eventing.outbox.oldest_age";

    /// <summary>Gauge, <c>{event}</c>: events that were set aside because they cannot be read or no transport takes them.</summary>
    public const string SetAside = "cloudnative.eventing.outbox.set_aside";

    /// <summary>Counter, <c>{event}</c>: events moved to the transport.</summary>
    public const string Relayed = "cloudnative.eventing.outbox.relayed";

    /// <summary>Counter, <c>{attempt}</c>: attempts to relay that failed.</summary>
    public const string Failures = "cloudnative.eventing.outbox.failures";

    /// <summary>Attribute: the name of the outbox, such as that of its database.</summary>
    public const string Attribute = "cloudnative.eventing.outbox";
}
