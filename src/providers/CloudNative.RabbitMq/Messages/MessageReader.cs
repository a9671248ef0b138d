using System.Globalization;
using System.Text;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>
/// Reads messages: CloudEvents in binary and structured mode, and what others publish without: then the
/// message's own id and type are
/// the event's.
/// </summary>
internal static class MessageReader
{
    private const string Structured = "application/cloudevents";
    private const string StructuredJson = "application/cloudevents+json";

    /// <exception cref="MalformedEventException">It is no event.</exception>
    public static EventEnvelope Read(
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string exchange, ICloudEventFormat? format)
    {
        var headers = properties.Headers;
        if (Attribute(headers, "specversion") is not null)
        {
            return ReadBinary(properties, headers!, body);
        }

        var contentType = properties.IsContentTypePresent() ? properties.ContentType! : string.Empty;
        if (contentType.StartsWith(StructuredJson, StringComparison.OrdinalIgnoreCase) && format is not null)
        {
            return format.Read(body);
        }

        return contentType.StartsWith(Structured, StringComparison.OrdinalIgnoreCase)
            ? throw new MalformedEventException(
                $"{ErrorIds.Unreadable} A message of the type '{contentType}' cannot be read. "
                + $"Publish one event a message, in binary mode or as {StructuredJson}.")
            : ReadForeign(properties, body, exchange);
    }

    /// <summary>When it was stored: as its publisher noted it, else as the message says, else now.</summary>
    public static DateTimeOffset Stored(IReadOnlyBasicProperties properties, DateTimeOffset now)
    {
        if (properties.Headers?.TryGetValue(HeaderNames.Stored, out var value) == true && value is long ticks
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks)
        {
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        }

        return properties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime) : now;
    }

    public static int Number(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true
            ? value switch { int number => number, long number => (int)Math.Clamp(number, 0, int.MaxValue), _ => 0 }
            : 0;

    public static IReadOnlyList<DeliveryFailure> Failures(IReadOnlyBasicProperties properties)
    {
        if (properties.Headers?.TryGetValue(HeaderNames.Failures, out var value) != true || value is not IEnumerable<object> items)
        {
            return [];
        }

        var failures = new List<DeliveryFailure>();
        foreach (var item in items.OfType<IDictionary<string, object?>>())
        {
            item.TryGetValue(HeaderNames.Attempt, out var attempt);
            _ = Enum.TryParse<DeadLetterReason>(Text(item, HeaderNames.Reason), out var reason);
            _ = DateTimeOffset.TryParse(
                Text(item, HeaderNames.At), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
            failures.Add(new DeliveryFailure(reason, Text(item, HeaderNames.Detail) ?? string.Empty, at, attempt as int? ?? 0));
        }

        return failures;
    }

    private static EventEnvelope ReadBinary(
        IReadOnlyBasicProperties properties, IDictionary<string, object?> headers, ReadOnlyMemory<byte> body)
    {
        var version = Attribute(headers, "specversion");
        return version == "1.0"
            ? new EventEnvelope
            {
                Id = Required(headers, "id"),
                Source = Required(headers, "source"),
                Type = Required(headers, "type"),
                Subject = Attribute(headers, "subject"),
                Time = Time(headers),
                DataContentType = properties.IsContentTypePresent() ? properties.ContentType : Attribute(headers, "datacontenttype"),
                DataSchema = Attribute(headers, "dataschema"),
                Key = Attribute(headers, "partitionkey"),
                TraceParent = Attribute(headers, "traceparent"),
                TraceState = Attribute(headers, "tracestate"),
                Extensions = Extensions(headers),
                Data = body,
            }
            : throw new MalformedEventException($"{ErrorIds.Unreadable} CloudEvents of version '{version}' cannot be read; 1.0 can.");
    }

    private static EventEnvelope ReadForeign(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, string exchange)
    {
        if (!properties.IsMessageIdPresent() || properties.MessageId is not { Length: > 0 } id
            || !properties.IsTypePresent() || properties.Type is not { Length: > 0 } type)
        {
            throw new MalformedEventException(
                $"{ErrorIds.Unreadable} The message is no CloudEvent (it has no header {HeaderNames.AttributePrefix}specversion) "
                + "and has no message-id and type to take their place. Let its publisher set them.");
        }

        return new EventEnvelope
        {
            Id = id,
            Source = properties.IsAppIdPresent() && properties.AppId is { Length: > 0 } app
                ? $"/rabbitmq/{Uri.EscapeDataString(app)}"
                : $"/rabbitmq/{Uri.EscapeDataString(exchange)}",
            Type = type,
            Time = properties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime) : null,
            DataContentType = properties.IsContentTypePresent() ? properties.ContentType : null,
            Data = body,
        };
    }

    private static Dictionary<string, object>? Extensions(IDictionary<string, object?> headers)
    {
        Dictionary<string, object>? extensions = null;
        foreach (var (header, value) in headers)
        {
            if (NameOf(header) is { } name && !IsKnown(name) && Canonical(value) is { } known)
            {
                (extensions ??= [])[name] = known;
            }
        }

        return extensions;
    }

    private static object? Canonical(object? value) => value switch
    {
        byte[] text => Encoding.UTF8.GetString(text),
        string or bool or int => value,
        long number => number is >= int.MinValue and <= int.MaxValue ? (int)number : number.ToString(CultureInfo.InvariantCulture),
        byte or sbyte or short or ushort => Convert.ToInt32(value, CultureInfo.InvariantCulture),
        AmqpTimestamp time => DateTimeOffset.FromUnixTimeSeconds(time.UnixTime)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool IsKnown(string name) => name is "specversion" or "id" or "source" or "type" or "subject" or "time"
        or "datacontenttype" or "dataschema" or "partitionkey" or "traceparent" or "tracestate";

    private static string? NameOf(string header) =>
        header.StartsWith(HeaderNames.AttributePrefix, StringComparison.Ordinal)
            || header.StartsWith(HeaderNames.OtherAttributePrefix, StringComparison.Ordinal)
            ? header[HeaderNames.AttributePrefix.Length..]
            : null;

    private static DateTimeOffset? Time(IDictionary<string, object?> headers) => Attribute(headers, "time") is not { } text
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new MalformedEventException($"{ErrorIds.Unreadable} The attribute 'time' of the message is no time of RFC 3339.");

    private static string Required(IDictionary<string, object?> headers, string name) =>
        Attribute(headers, name) is { Length: > 0 } value
            ? value
            : throw new MalformedEventException($"{ErrorIds.Unreadable} The message lacks the attribute '{name}' of CloudEvents.");

    private static string? Attribute(IDictionary<string, object?>? headers, string name) => headers is null
        ? null
        : Text(headers, HeaderNames.AttributePrefix + name) ?? Text(headers, HeaderNames.OtherAttributePrefix + name);

    private static string? Text(IDictionary<string, object?> table, string name) =>
        table.TryGetValue(name, out var value) ? Canonical(value)?.ToString() : null;
}
