using System.Buffers;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.MassTransit;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>
/// Writes what is published, in the format of its topic. What a member puts back, and dead letters, are written by
/// <see cref="MessageWriter"/>, whatever they came as.
/// </summary>
internal sealed class TopicWriter(BrokerContext context)
{
    private const string StructuredType = "application/cloudevents+json; charset=utf-8";
    private const string JsonType = "application/json";

    /// <exception cref="EventRejectedException">It cannot be written so.</exception>
    public WireMessage Write(OutgoingEvent outgoing, DateTimeOffset now)
    {
        var (topic, value) = (context.Formats.Of(outgoing.Topic), outgoing.Event);
        var exchange = context.Names.Topic(outgoing.Topic);
        return topic.Format switch
        {
            RabbitMqFormat.StructuredCloudEvents => WriteStructured(value, exchange, now),
            RabbitMqFormat.Json => WriteJson(value, exchange, now),
            RabbitMqFormat.MassTransit => WriteMassTransit(value, MessageOf(outgoing, topic), now),
            _ => new WireMessage(exchange, MessageWriter.Write(value, now), value.Data),
        };
    }

    private static MassTransitMessage MessageOf(in OutgoingEvent outgoing, TopicFormat topic) =>
        topic.Find(outgoing.Event.Type) ?? throw new EventRejectedException(
            $"{ErrorIds.NotPublishable} An event of type '{outgoing.Event.Type}' is to be written for MassTransit, and "
            + $"nothing says which message it is. Set {RabbitMqOptions.SectionName}:Topics:{outgoing.Topic}:"
            + $"MassTransit:{outgoing.Event.Type}:MessageType.");

    private WireMessage WriteStructured(EventEnvelope value, string exchange, DateTimeOffset now)
    {
        if (context.Format is not { } format)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotPublishable} Nothing writes structured CloudEvents here. CloudNative.Eventing does.");
        }

        var output = new ArrayBufferWriter<byte>(value.Data.Length + 512);
        format.Write(value, output);
        var properties = MessageWriter.Plain(value, now);
        properties.ContentType = StructuredType;
        return new WireMessage(exchange, properties, output.WrittenMemory);
    }

    private WireMessage WriteJson(EventEnvelope value, string exchange, DateTimeOffset now)
    {
        var properties = MessageWriter.Plain(value, now);
        properties.ContentType = MessageWriter.Short(value.DataContentType) ?? JsonType;
        properties.Type = MessageWriter.Short(value.Type);
        properties.AppId = MessageWriter.Short(context.Service);
        properties.Timestamp = new AmqpTimestamp((value.Time ?? now).ToUnixTimeSeconds());
        if (properties.MessageId is null || properties.Type is null)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotPublishable} Event '{value.Id}' has an id or type of more than 255 bytes, which have no "
                + "place in a message without attributes. Shorten them, or write the topic as CloudEvents.");
        }

        Add(HeaderNames.TraceParent, value.TraceParent);
        Add(HeaderNames.TraceState, value.TraceState);
        Add(HeaderNames.PartitionKey, value.Key);
        return new WireMessage(exchange, properties, value.Data);

        void Add(string name, string? text)
        {
            if (text is not null)
            {
                properties.Headers![name] = text;
            }
        }
    }

    // With the attributes of CloudEvents in headers besides, so that nothing is lost on the way to this SDK.
    private WireMessage WriteMassTransit(EventEnvelope value, MassTransitMessage message, DateTimeOffset now)
    {
        var id = MassTransitIds.Of(value.Id, value.Source);
        var body = MassTransitWriter.Write(value, id, message, context, now);
        var properties = MessageWriter.Write(value, now);
        properties.MessageId = id.ToString();
        properties.ContentType = MassTransitNames.Json;
        if (value.TraceParent is { } trace)
        {
            properties.Headers![MassTransitNames.ActivityId] = trace;
        }

        return new WireMessage(message.Exchange, properties, body);
    }
}
