namespace CloudNative.RabbitMq.Messages;

/// <summary>Headers of messages beside the attributes of CloudEvents.</summary>
internal static class HeaderNames
{
    /// <summary>What attributes begin with; the AMQP binding of CloudEvents prefers this one of two.</summary>
    public const string AttributePrefix = "cloudEvents_";

    /// <summary>The other one, which is read too.</summary>
    public const string OtherAttributePrefix = "cloudEvents:";

    /// <summary>Of messages that are no CloudEvents: the trace context of W3C, and the key.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>See <see cref="TraceParent"/>.</summary>
    public const string TraceState = "tracestate";

    /// <summary>See <see cref="TraceParent"/>.</summary>
    public const string PartitionKey = "partitionkey";

    /// <summary>When the event was stored first, in ticks of UTC.</summary>
    public const string Stored = "cn-stored";

    /// <summary>Failed attempts so far, of copies that a member put back.</summary>
    public const string Attempts = "cn-attempts";

    /// <summary>What failed: a list of tables.</summary>
    public const string Failures = "cn-failures";

    /// <summary>The topic and the group of a dead letter.</summary>
    public const string Topic = "cn-topic";

    /// <summary>See <see cref="Topic"/>.</summary>
    public const string Group = "cn-group";

    public const string Reason = "reason";
    public const string Detail = "detail";
    public const string At = "at";
    public const string Attempt = "attempt";

    /// <summary>How often a quorum queue took the message back without an acknowledgement.</summary>
    public const string DeliveryCount = "x-delivery-count";
}
