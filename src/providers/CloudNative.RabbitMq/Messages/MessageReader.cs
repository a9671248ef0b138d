using System.Globalization;
using System.Text;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.MassTransit;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.Messages;

/// <summary>
/// Reads messages by what they say they are: CloudEvents in binary and structured mode, envelopes of MassTransit's, and
/// what others publish without: then the message's own id and type are the event's.
/// </summary>
internal static class MessageReader
{
    private const string Structured = "application/cloudevents";
    private const string StructuredJson = "application/cloudevents+json";

    /// <exception cref="MalformedEventException">It is no event.</exception>
    public static EventEnvelope Read(
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        string exchange,
        ICloudEventFormat? format,
        TopicFormat topic)
    {
        var known = properties.IsContentTypePresent() ? properties.ContentType : null;
        var contentType = known ?? string.Empty;
        if (contentType.StartsWith(MassTransitNames.ContentTypes, StringComparison.OrdinalIgnoreCase))
        {
            return MassTransitReader.Read(properties, body, topic);
        }

        if (IsBinary(properties))
        {
            return ReadBinary(properties.Headers!, known, body);
        }

        if (contentType.StartsWith(StructuredJson, StringComparison.OrdinalIgnoreCase) && format is not null)
        {
            return format.Read(body);
        }

        return contentType.StartsWith(Structured, StringComparison.OrdinalIgnoreCase)
            ? throw new MalformedEventException(
                $"{ErrorIds.Unreadable} A message of the type '{contentType}' cannot be read. "
                + $"Publish one event a message, in binary mode or as {StructuredJson}.")
            : ForeignReader.Read(properties, body, exchange, topic);
    }

    /// <summary>When it was stored: as its publisher noted it, else as the message says, else now.</summary>
    public static DateTimeOffset Stored(IReadOnlyBasicProperties properties, DateTimeOffset now) =>
        Ticks(properties, HeaderNames.Stored)
        ?? (properties.IsTimestampPresent() ? DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime) : now);

    /// <summary>A header that is a time, in ticks of UTC.</summary>
    public static DateTimeOffset? Ticks(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true && value is long ticks
        && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    /// <summary>A header as text.</summary>
    public static string? Header(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers is { } headers ? Text(headers, name) : null;

    public static int Number(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true
            ? value switch { int number => number, long number => (int)Math.Clamp(number, 0, int.MaxValue), _ => 0 }
            : 0;

    public static IReadOnlyList<DeliveryFailure> Failures(IReadOnlyBasicProperties properties)
    {
        if (properties.Headers?.TryGetValue(HeaderNames.Failures, out var value) != true || value is not IEnumerable<object> items)
        {
            return Header(properties, HeaderNames.Failures) is { } text ? HistoryText.Read(text) : [];
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

    /// <summary>Whether it has the attributes of CloudEvents as headers.</summary>
    public static bool IsBinary(IReadOnlyBasicProperties properties) =>
        Attribute(properties.Headers, "specversion") is not null;

    /// <summary>Reads the attributes out of headers.</summary>
    public static EventEnvelope ReadBinary(
        IDictionary<string, object?> headers, string? contentType, ReadOnlyMemory<byte> body)
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
                DataContentType = contentType ?? Attribute(headers, "datacontenttype"),
                DataSchema = Attribute(headers, "dataschema"),
                Key = Attribute(headers, "partitionkey"),
                TraceParent = Attribute(headers, "traceparent"),
                TraceState = Attribute(headers, "tracestate"),
                Extensions = Extensions(headers),
                Data = body,
            }
            : throw new MalformedEventException($"{ErrorIds.Unreadable} CloudEvents of version '{version}' cannot be read; 1.0 can.");
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

    /// <summary>An entry of a table as text.</summary>
    public static string? Text(IDictionary<string, object?> table, string name) =>
        table.TryGetValue(name, out var value) ? Canonical(value)?.ToString() : null;
}
