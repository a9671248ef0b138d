using CloudNative.RabbitMq.MassTransit;

namespace CloudNative.RabbitMq.Messages;

/// <summary>What is set for a topic about how its events are written and read.</summary>
internal sealed class TopicFormat
{
    /// <summary>Of a topic that nothing is set for.</summary>
    public static readonly TopicFormat Default = new(new RabbitMqTopicOptions());

    private const string UrnPrefix = "urn:message:";

    private readonly Dictionary<string, MassTransitMessage> _byEventType;
    private readonly Dictionary<string, MassTransitMessage> _byUrn = new(StringComparer.Ordinal);

    public TopicFormat(RabbitMqTopicOptions options)
    {
        Format = options.Format;
        EventType = options.EventType is { Length: > 0 } type ? type : null;
        _byEventType = options.MassTransit.ToDictionary(
            item => item.Key, item => new MassTransitMessage(item.Key, item.Value), StringComparer.Ordinal);
        foreach (var message in _byEventType.Values)
        {
            _byUrn[message.Urns[0]] = message;
        }
    }

    public RabbitMqFormat Format { get; }

    /// <summary>What JSON is that comes without a type.</summary>
    public string? EventType { get; }

    /// <summary>The topic's events that are messages of MassTransit's.</summary>
    public IReadOnlyCollection<MassTransitMessage> Messages => _byEventType.Values;

    public MassTransitMessage? Find(string eventType) => _byEventType.GetValueOrDefault(eventType);

    /// <summary>
    /// The type of the event that a message is; its own name when that is not set, so that it can be told.
    /// </summary>
    public string EventTypeOf(IReadOnlyList<string> urns)
    {
        foreach (var urn in urns)
        {
            if (_byUrn.TryGetValue(urn, out var message))
            {
                return message.EventType;
            }
        }

        return urns[0].StartsWith(UrnPrefix, StringComparison.Ordinal) ? urns[0][UrnPrefix.Length..] : urns[0];
    }
}
