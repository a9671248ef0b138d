namespace CloudNative.RabbitMq;

/// <summary>
/// How one topic speaks with those who are not of this SDK. Section <c>CloudNative:RabbitMq:Topics:&lt;topic&gt;</c>.
/// </summary>
public sealed class RabbitMqTopicOptions
{
    /// <summary>How this process writes the topic's events. Default <see cref="RabbitMqFormat.CloudEvents"/>.</summary>
    public RabbitMqFormat Format { get; set; }

    /// <summary>
    /// What JSON is that comes without a type: the type of an event, with its version. Where it is set, a message
    /// without an id is taken too, under a new id at each delivery. Default: none, and such a message is a dead letter.
    /// </summary>
    public string? EventType { get; set; }

    /// <summary>
    /// Which types of MassTransit's messages the topic's events are, by the type of the event with its version, such as
    /// <c>orders.placed.v1</c>. The topic gets what is published to their exchanges.
    /// </summary>
    public IDictionary<string, MassTransitMessageOptions> MassTransit { get; } =
        new Dictionary<string, MassTransitMessageOptions>();
}
