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

    /// <summary>What failed: a list of tables; of a dead letter the same in JSON, as a stream has no tables.</summary>
    public const string Failures = "cn-failures";

    /// <summary>The topic and the group of a dead letter.</summary>
    public const string Topic = "cn-topic";

    /// <summary>See <see cref="Topic"/>.</summary>
    public const string Group = "cn-group";

    /// <summary>Of a dead letter: the queue that it goes back to.</summary>
    public const string Queue = "cn-queue";

    /// <summary>When it was put into the stream of dead letters, in ticks of UTC.</summary>
    public const string When = "cn-when";

    /// <summary>Of an event whose data somebody has changed: who.</summary>
    public const string EditedBy = "cn-edited-by";

    /// <summary>And when, in ticks of UTC.</summary>
    public const string EditedAt = "cn-edited-at";

    /// <summary>And the dead letter that holds what they were.</summary>
    public const string EditedFrom = "cn-edited-from";

    /// <summary>What somebody does with dead letters; what has it is none itself.</summary>
    public const string Act = "cn-act";

    /// <summary>The numbers of the dead letters that it is done with, with commas.</summary>
    public const string Letters = "cn-letters";

    /// <summary>Until when nobody else sends them back, in ticks of UTC.</summary>
    public const string Until = "cn-until";

    /// <summary>Who does it.</summary>
    public const string By = "cn-by";

    /// <summary>What a broker notes when it gives a message up itself.</summary>
    public const string Death = "x-death";

    public const string Reason = "reason";
    public const string Detail = "detail";
    public const string At = "at";
    public const string Attempt = "attempt";

    /// <summary>How often a quorum queue took the message back without an acknowledgement.</summary>
    public const string DeliveryCount = "x-delivery-count";
}
