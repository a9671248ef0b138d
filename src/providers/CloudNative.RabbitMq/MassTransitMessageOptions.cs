namespace CloudNative.RabbitMq;

/// <summary>A type of MassTransit's messages.</summary>
public sealed class MassTransitMessageOptions
{
    /// <summary>
    /// Its name as it stands in envelopes behind <c>urn:message:</c>: <c>Shop.Contracts:OrderPlaced</c>, a nested type
    /// <c>Shop.Contracts:Order+Placed</c>. Required.
    /// </summary>
    public string MessageType { get; set; } = string.Empty;

    /// <summary>
    /// The fanout exchange that its messages go through. Default: the name of the type, with <c>-</c> for <c>+</c>, as
    /// MassTransit does it. Name the exchange of an endpoint for messages that are sent and not published. 1 to 180
    /// characters.
    /// </summary>
    public string? Exchange { get; set; }

    /// <summary>
    /// The names of interfaces and base types of it that somebody consumes. MassTransit's publishers bind their
    /// exchanges to its own, and so does this process.
    /// </summary>
    public IList<string> Implements { get; } = [];
}
