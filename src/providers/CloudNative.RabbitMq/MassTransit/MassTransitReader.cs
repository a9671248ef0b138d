using System.Collections.Frozen;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Messages;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.MassTransit;

/// <summary>Makes events of envelopes.</summary>
internal static class MassTransitReader
{
    private const string MediaType = "application/json";

    // The attributes of CloudEvents have these names already.
    private static readonly FrozenSet<string> _taken = FrozenSet.Create(
        StringComparer.Ordinal,
        "specversion",
        "id",
        "source",
        "type",
        "subject",
        "time",
        "datacontenttype",
        "dataschema",
        "data",
        "partitionkey",
        "traceparent",
        "tracestate");

    /// <exception cref="MalformedEventException">It is no envelope, or of another format than JSON.</exception>
    public static EventEnvelope Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body, TopicFormat topic)
    {
        if (!properties.ContentType!.StartsWith(MassTransitNames.Json, StringComparison.OrdinalIgnoreCase))
        {
            throw MassTransitEnvelope.Malformed(
                $"its type '{properties.ContentType}' cannot be read. Let its publisher use the JSON serializer "
                + $"({MassTransitNames.Json})");
        }

        var envelope = MassTransitEnvelope.Parse(body);
        var id = MessageId(envelope, properties);
        return ReadOwn(properties, envelope, id) ?? new EventEnvelope
        {
            Id = id.ToString(),
            Source = Source(envelope),
            Type = topic.EventTypeOf(envelope.Types),
            Time = Time(envelope),
            DataContentType = MediaType,
            TraceParent = Trace(envelope, properties),
            Extensions = Extensions(envelope),
            Data = envelope.Message,
        };
    }

    /// <summary>
    /// The types of a message that MassTransit wrote without an envelope (raw JSON); empty when it is none.
    /// </summary>
    public static string[] RawTypes(IReadOnlyBasicProperties properties) =>
        MessageReader.Header(properties, MassTransitNames.RawTypes)
            ?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Who wrote it, if it says so.</summary>
    public static string? RawSource(IReadOnlyBasicProperties properties) =>
        Absolute(MessageReader.Header(properties, MassTransitNames.RawSource));

    // What this SDK wrote has its attributes in headers as well, as long as nobody has made another message of it.
    private static EventEnvelope? ReadOwn(IReadOnlyBasicProperties properties, MassTransitEnvelope envelope, Guid id)
    {
        if (!MessageReader.IsBinary(properties))
        {
            return null;
        }

        var own = MessageReader.ReadBinary(properties.Headers!, MediaType, envelope.Message);
        return MassTransitIds.Of(own.Id, own.Source) == id ? own : null;
    }

    private static Guid MessageId(MassTransitEnvelope envelope, IReadOnlyBasicProperties properties)
    {
        var text = envelope.Text(MassTransitNames.MessageId)
            ?? (properties.IsMessageIdPresent() ? properties.MessageId : null);
        return Guid.TryParse(text, out var id)
            ? id
            : throw MassTransitEnvelope.Malformed($"its '{MassTransitNames.MessageId}' ({text ?? "none"}) is no UUID");
    }

    private static string Source(MassTransitEnvelope envelope) =>
        Absolute(envelope.Text(MassTransitNames.SourceAddress)) ?? "/masstransit";

    private static string? Absolute(string? address) =>
        Uri.IsWellFormedUriString(address, UriKind.Absolute) ? address : null;

    private static DateTimeOffset? Time(MassTransitEnvelope envelope)
    {
        if (envelope.Text(MassTransitNames.SentTime) is not { } text)
        {
            return null;
        }

        const DateTimeStyles style = DateTimeStyles.AssumeUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, style, out var time)
            ? time
            : throw MassTransitEnvelope.Malformed($"its '{MassTransitNames.SentTime}' ({text}) is no time");
    }

    private static string? Trace(MassTransitEnvelope envelope, IReadOnlyBasicProperties properties) =>
        envelope.Headers.GetValueOrDefault(MassTransitNames.ActivityId) as string
        ?? MessageReader.Header(properties, MassTransitNames.ActivityId)
        ?? MessageReader.Header(properties, HeaderNames.TraceParent);

    private static Dictionary<string, object>? Extensions(MassTransitEnvelope envelope)
    {
        var extensions = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (header, value) in envelope.Headers)
        {
            if (!header.StartsWith(MassTransitNames.OwnHeaders, StringComparison.OrdinalIgnoreCase)
                && Plain(header) is { Length: > 0 } name && !_taken.Contains(name))
            {
                extensions.TryAdd(name, value);
            }
        }

        foreach (var (name, extension) in MassTransitNames.Carried)
        {
            if (envelope.Text(name) is { } text)
            {
                extensions[extension] = text;
            }
        }

        return extensions.Count == 0 ? null : extensions;
    }

    // Names of extensions are lower-case letters and digits.
    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
}
