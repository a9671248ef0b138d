namespace CloudNative.RabbitMq.MassTransit;

/// <summary>A type of MassTransit's messages, as the wire has it.</summary>
internal sealed class MassTransitMessage
{
    private const string Scheme = "urn:";
    private const string UrnPrefix = "urn:message:";

    public MassTransitMessage(string eventType, MassTransitMessageOptions options)
    {
        EventType = eventType;
        Exchange = options.Exchange ?? ExchangeOf(options.MessageType);
        Urns = [.. options.Implements.Prepend(options.MessageType).Select(UrnOf)];
        Implemented = [.. options.Implements.Select(ExchangeOf)];
    }

    /// <summary>The type of the event that it is.</summary>
    public string EventType { get; }

    public string Exchange { get; }

    /// <summary>What stands in <c>messageType</c>: its own first.</summary>
    public IReadOnlyList<string> Urns { get; }

    /// <summary>The exchanges of what it implements.</summary>
    public IReadOnlyList<string> Implemented { get; }

    /// <summary>The exchange that MassTransit makes for a type unless it is told another.</summary>
    public static string ExchangeOf(string messageType) =>
        (messageType.StartsWith(UrnPrefix, StringComparison.Ordinal) ? messageType[UrnPrefix.Length..] : messageType)
            .Replace('+', '-');

    private static string UrnOf(string messageType) =>
        messageType.StartsWith(Scheme, StringComparison.Ordinal) ? messageType : UrnPrefix + messageType;
}
