namespace CloudNative.Eventing;

/// <summary>
/// The names of what events emit: those of OpenTelemetry's messaging conventions
/// (https://opentelemetry.io/docs/specs/semconv/messaging/), then ours.
/// </summary>
public static class EventingTelemetryNames
{
    /// <summary>The activity source.</summary>
    public const string ActivitySource = "CloudNative.Eventing";

    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.Eventing";

    /// <summary>Counter, <c>{message}</c>: events handed to the transport.</summary>
    public const string SentMessages = "messaging.client.sent.messages";

    /// <summary>Counter, <c>{message}</c>: events delivered to this process.</summary>
    public const string ConsumedMessages = "messaging.client.consumed.messages";

    /// <summary>Histogram, <c>s</c>: one publish, single or batch.</summary>
    public const string OperationDuration = "messaging.client.operation.duration";

    /// <summary>Histogram, <c>s</c>: one delivery in its handler, immediate retries included.</summary>
    public const string ProcessDuration = "messaging.process.duration";

    /// <summary>Gauge, <c>{message}</c>: events stored and not settled for good by a group.</summary>
    public const string Lag = "cloudnative.eventing.lag";

    /// <summary>Gauge, <c>s</c>: how long the oldest of them has been waiting; 0 when there is none.</summary>
    public const string OldestAge = "cloudnative.eventing.oldest_age";

    /// <summary>Counter, <c>{retry}</c>: attempts that are made again.</summary>
    public const string Retries = "cloudnative.eventing.retries";

    /// <summary>Counter, <c>{message}</c>: events that were given up.</summary>
    public const string DeadLetters = "cloudnative.eventing.dead_letters";

    /// <summary>Counter, <c>{message}</c>: events of types that nobody of the group knows.</summary>
    public const string SkippedMessages = "cloudnative.eventing.skipped";

    /// <summary>Counter, <c>{message}</c>: deliveries whose lease was lost before they were settled.</summary>
    public const string LostLeases = "cloudnative.eventing.lost_leases";

    /// <summary>Attribute: the name of the provider.</summary>
    public const string SystemAttribute = "messaging.system";

    /// <summary>Attribute: the topic.</summary>
    public const string DestinationAttribute = "messaging.destination.name";

    /// <summary>Attribute: <c>send</c> or <c>process</c>.</summary>
    public const string OperationNameAttribute = "messaging.operation.name";

    /// <summary>Attribute: <c>send</c> or <c>process</c>.</summary>
    public const string OperationTypeAttribute = "messaging.operation.type";

    /// <summary>Attribute: the group.</summary>
    public const string GroupAttribute = "messaging.consumer.group.name";

    /// <summary>Attribute of spans: the id of the event.</summary>
    public const string MessageIdAttribute = "messaging.message.id";

    /// <summary>Attribute of spans: the size of the data in bytes.</summary>
    public const string BodySizeAttribute = "messaging.message.body.size";

    /// <summary>Attribute of spans: how many events a batch has.</summary>
    public const string BatchCountAttribute = "messaging.batch.message_count";

    /// <summary>Attribute of spans: the type of the event, as CloudEvents names it.</summary>
    public const string EventTypeAttribute = "cloudevents.event_type";

    /// <summary>Attribute: what failed, the type of an exception or the reason of a dead letter.</summary>
    public const string ErrorAttribute = "error.type";

    /// <summary>Attribute of retries: <c>immediate</c> or <c>delayed</c>.</summary>
    public const string RetryKindAttribute = "cloudnative.eventing.retry";

    /// <summary>Attribute of dead letters: why.</summary>
    public const string ReasonAttribute = "cloudnative.eventing.reason";
}
