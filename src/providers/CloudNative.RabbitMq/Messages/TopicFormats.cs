namespace CloudNative.RabbitMq.Messages;

/// <summary>What is set for all topics.</summary>
internal sealed class TopicFormats(RabbitMqOptions options)
{
    private readonly Dictionary<string, TopicFormat> _byTopic =
        options.Topics.ToDictionary(topic => topic.Key, topic => new TopicFormat(topic.Value), StringComparer.Ordinal);

    /// <summary>All exchanges that are not named by the prefix.</summary>
    public IEnumerable<string> Exchanges => _byTopic.Values
        .SelectMany(topic => topic.Messages)
        .SelectMany(message => message.Implemented.Prepend(message.Exchange))
        .Distinct();

    public TopicFormat Of(string topic) => _byTopic.GetValueOrDefault(topic) ?? TopicFormat.Default;
}
