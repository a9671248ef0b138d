namespace CloudNative.RabbitMq;

/// <summary>How the events of a topic are written. All of them are read, whatever is set.</summary>
public enum RabbitMqFormat
{
    /// <summary>
    /// CloudEvents in binary mode: the data is the body, attributes are headers that begin with <c>cloudEvents_</c>.
    /// </summary>
    CloudEvents,

    /// <summary>
    /// CloudEvents in structured mode: the body is a document of the type <c>application/cloudevents+json</c>.
    /// </summary>
    StructuredCloudEvents,

    /// <summary>
    /// The data alone, for those who know nothing of CloudEvents: the event's id and type are the message's own,
    /// subject and extensions are left out.
    /// </summary>
    Json,

    /// <summary>
    /// An envelope as MassTransit 8 writes it, published to the exchange that its consumers are bound to. Needs
    /// <see cref="RabbitMqTopicOptions.MassTransit"/>.
    /// </summary>
    MassTransit,
}
