using System.Text;
using CloudNative.Configuration;
using CloudNative.Eventing;
using CloudNative.RabbitMq.MassTransit;

namespace CloudNative.RabbitMq.Configuration;

/// <summary>Checks what is set for topics.</summary>
internal static class TopicRules
{
    // A routing key has 255 bytes, and that of a delayed message holds the exchange.
    private const int LongestExchange = 180;

    public static void Check(IDictionary<string, RabbitMqTopicOptions> topics, ConfigurationProblems problems)
    {
        var exchanges = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (topic, options) in topics)
        {
            var key = $"{RabbitMqOptions.SectionName}:Topics:{topic}";
            CheckTopic(key, topic, options, problems);
            var types = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (eventType, message) in options.MassTransit)
            {
                var messageKey = $"{key}:MassTransit:{eventType}";
                if (!CheckMessage(messageKey, message, problems))
                {
                    continue;
                }

                if (!types.Add(message.MessageType))
                {
                    problems.Add(
                        ErrorIds.InvalidOption,
                        $"{messageKey}:MessageType",
                        message.MessageType,
                        "each type of message once in a topic",
                        "Remove one of the two: nothing could tell which event a message is.");
                }

                var exchange = message.Exchange ?? MassTransitMessage.ExchangeOf(message.MessageType);
                if (!exchanges.TryAdd(exchange, topic) && exchanges[exchange] != topic)
                {
                    problems.Add(
                        ErrorIds.InvalidOption,
                        messageKey,
                        exchange,
                        "each exchange in one topic",
                        $"Topic '{exchanges[exchange]}' has it as well, and would get these events too. "
                        + "Name it in one of them.");
                }
            }
        }
    }

    private static void CheckTopic(
        string key, string topic, RabbitMqTopicOptions options, ConfigurationProblems problems)
    {
        if (!EventTopic.IsValid(topic))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                key,
                topic,
                "the name of a topic",
                "Name the topic as it is published and handled.");
        }

        if (!Enum.IsDefined(options.Format))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{key}:Format",
                options.Format.ToString(),
                "CloudEvents, StructuredCloudEvents, Json or MassTransit",
                "Name one of them, or remove the key for CloudEvents.");
        }

        if (options.Format == RabbitMqFormat.MassTransit && options.MassTransit.Count == 0)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{key}:Format",
                "MassTransit",
                $"MassTransit with at least one message below {key}:MassTransit",
                "Say which message an event is, such as "
                + $"{key}:MassTransit:orders.placed.v1:MessageType=Shop.Contracts:OrderPlaced.");
        }
    }

    private static bool CheckMessage(string key, MassTransitMessageOptions message, ConfigurationProblems problems)
    {
        var before = problems.Items.Count;
        foreach (var name in message.Implements.Prepend(message.MessageType))
        {
            if (name is not { Length: > 0 } || name.Any(char.IsWhiteSpace))
            {
                problems.Add(
                    ErrorIds.InvalidOption,
                    $"{key}:{(name == message.MessageType ? "MessageType" : "Implements")}",
                    name,
                    "the name of a message as in its envelope, 'Namespace:Type'",
                    "Copy it from messageType of a message in a queue, without 'urn:message:'.");
            }
        }

        if (problems.Items.Count == before && message.Exchange is null && !HasUsualExchange(message.MessageType))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{key}:Exchange",
                null,
                "the exchange of a generic message, or of one with a name of its own",
                "Copy it from 'rabbitmqctl list_exchanges name type'.");
        }

        var length = Encoding.UTF8.GetByteCount(message.Exchange ?? message.MessageType ?? string.Empty);
        if (length > LongestExchange || message.Exchange is { Length: 0 })
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"{key}:Exchange",
                message.Exchange ?? message.MessageType,
                $"1 to {LongestExchange} bytes",
                "Give the message a shorter name by [EntityName] in MassTransit.");
        }

        return problems.Items.Count == before;
    }

    private static bool HasUsualExchange(string messageType) =>
        !messageType.Contains('[', StringComparison.Ordinal)
        && (messageType.StartsWith("urn:message:", StringComparison.Ordinal)
            || !messageType.StartsWith("urn:", StringComparison.Ordinal));
}
