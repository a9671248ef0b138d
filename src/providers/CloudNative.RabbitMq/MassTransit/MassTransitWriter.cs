using System.Buffers;
using System.Text.Json;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;

namespace CloudNative.RabbitMq.MassTransit;

/// <summary>Writes events as envelopes, such as MassTransit 8 writes them.</summary>
internal static class MassTransitWriter
{
    private const int AroundMessage = 1024;
    private const int AmqpPort = 5672;
    private const int TlsPort = 5671;

    /// <exception cref="EventRejectedException">Its data is no JSON object.</exception>
    public static ReadOnlyMemory<byte> Write(
        EventEnvelope value, Guid id, MassTransitMessage message, BrokerContext context, DateTimeOffset now)
    {
        Check(value);
        var output = new ArrayBufferWriter<byte>(value.Data.Length + AroundMessage);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString(MassTransitNames.MessageId, id);
        var carried = WriteIds(json, value, id);
        json.WriteString(MassTransitNames.SourceAddress, Address(context, value.Source.Split('/')[^1]));
        json.WriteString(MassTransitNames.DestinationAddress, Address(context, message.Exchange));
        json.WriteStartArray(MassTransitNames.MessageType);
        foreach (var urn in message.Urns)
        {
            json.WriteStringValue(urn);
        }

        json.WriteEndArray();
        json.WritePropertyName(MassTransitNames.Message);
        try
        {
            json.WriteRawValue(value.Data.Span);
        }
        catch (JsonException exception)
        {
            throw NoObject(value, exception);
        }

        json.WriteString(MassTransitNames.SentTime, (value.Time ?? now).UtcDateTime);
        WriteHeaders(json, value, carried);
        json.WriteStartObject(MassTransitNames.Host);
        json.WriteString("processName", context.Service);
        json.WriteString("assembly", context.Service);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }

    // A message of MassTransit's is an object of some class.
    private static void Check(EventEnvelope value)
    {
        var isJson = value.DataContentType is not { } type || type.Contains("json", StringComparison.OrdinalIgnoreCase);
        if (!isJson || !value.Data.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            throw NoObject(value, null);
        }
    }

    private static EventRejectedException NoObject(EventEnvelope value, Exception? cause) => new(
        $"{ErrorIds.NotPublishable} Event '{value.Id}' of type '{value.Type}' is to be written for MassTransit, and "
        + "its data is no JSON object. Publish an object, or write the topic in another format.",
        cause);

    // Whoever follows a conversation finds all messages by the first one's id.
    private static HashSet<string> WriteIds(Utf8JsonWriter json, EventEnvelope value, Guid id)
    {
        var carried = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, extension) in MassTransitNames.Ids)
        {
            if (value.Extensions?.GetValueOrDefault(extension) is string text && Guid.TryParse(text, out var known))
            {
                carried.Add(extension);
                json.WriteString(name, known);
            }
            else if (name == MassTransitNames.ConversationId)
            {
                json.WriteString(name, id);
            }
        }

        return carried;
    }

    private static void WriteHeaders(Utf8JsonWriter json, EventEnvelope value, HashSet<string> carried)
    {
        json.WriteStartObject(MassTransitNames.Headers);
        if (value.TraceParent is { } trace)
        {
            json.WriteString(MassTransitNames.ActivityId, trace);
        }

        foreach (var (name, extension) in value.Extensions ?? new Dictionary<string, object>())
        {
            if (carried.Contains(name))
            {
                continue;
            }

            json.WritePropertyName(name);
            switch (extension)
            {
                case bool yes:
                    json.WriteBooleanValue(yes);
                    break;
                case int number:
                    json.WriteNumberValue(number);
                    break;
                default:
                    json.WriteStringValue(extension.ToString());
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static string Address(BrokerContext context, string name)
    {
        var uri = context.Address.Uri;
        var isTls = uri.Scheme == "amqps";
        var isUsual = uri.IsDefaultPort || uri.Port <= 0 || uri.Port == (isTls ? TlsPort : AmqpPort);
        var path = uri.AbsolutePath.Trim('/');
        var vhost = path is "" or "%2F" or "%2f" ? string.Empty : path + "/";
        return $"{(isTls ? "rabbitmqs" : "rabbitmq")}://{uri.Host}{(isUsual ? string.Empty : $":{uri.Port}")}/{vhost}"
            + Uri.EscapeDataString(name).Replace("%3A", ":", StringComparison.Ordinal);
    }
}
