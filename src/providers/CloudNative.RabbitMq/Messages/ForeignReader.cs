using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.MassTransit;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>Reads what knows nothing of CloudEvents: the message's own id and type are the event's.</summary>
internal static class ForeignReader
{
    /// <exception cref="MalformedEventException">
    /// It has no id or type, and nothing says what to take instead.
    /// </exception>
    public static EventEnvelope Read(
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string exchange, TopicFormat topic)
    {
        var contentType = properties.IsContentTypePresent() ? properties.ContentType : null;
        var isTaken = topic.EventType is not null && IsJson(contentType);
        var id = properties.IsMessageIdPresent() && properties.MessageId is { Length: > 0 } known ? known : null;
        var type = properties.IsTypePresent() && properties.Type is { Length: > 0 } said
            ? said
            : MassTransitReader.RawTypes(properties) is { Length: > 0 } urns ? topic.EventTypeOf(urns) : null;
        var app = properties.IsAppIdPresent() && properties.AppId is { Length: > 0 } name ? name : null;
        if ((id is null || type is null) && !isTaken)
        {
            throw new MalformedEventException(
                $"{ErrorIds.Unreadable} The message is no CloudEvent (no header "
                + $"{HeaderNames.AttributePrefix}specversion) and has no message-id and type to take their place. "
                + "Let its publisher set them, or say what JSON without them is by "
                + $"{RabbitMqOptions.SectionName}:Topics:<topic>:EventType.");
        }

        return new EventEnvelope
        {
            Id = id ?? Guid.CreateVersion7().ToString(),
            Source = MassTransitReader.RawSource(properties) ?? $"/rabbitmq/{Uri.EscapeDataString(app ?? exchange)}",
            Type = type ?? topic.EventType!,
            Time = properties.IsTimestampPresent()
                ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime)
                : null,
            DataContentType = contentType,
            Key = MessageReader.Header(properties, HeaderNames.PartitionKey),
            TraceParent = MessageReader.Header(properties, MassTransitNames.ActivityId)
                ?? MessageReader.Header(properties, HeaderNames.TraceParent),
            TraceState = MessageReader.Header(properties, HeaderNames.TraceState),
            Data = body,
        };
    }

    private static bool IsJson(string? contentType) =>
        contentType is null || contentType.Split(';')[0].TrimEnd() is { } type
        && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));
}
