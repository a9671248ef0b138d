using System.Text;
using System.Text.Json;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;

namespace CloudNative.RabbitMq.MassTransit;

/// <summary>An envelope of MassTransit's that came.</summary>
internal sealed class MassTransitEnvelope
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly List<string> _types = [];

    private MassTransitEnvelope()
    {
    }

    /// <summary>What it says of its message: the URN of its type, then of what that implements.</summary>
    public IReadOnlyList<string> Types => _types;

    /// <summary>The message, as it stands in the envelope.</summary>
    public ReadOnlyMemory<byte> Message { get; private set; }

    /// <summary>Its headers; texts, numbers and booleans.</summary>
    public Dictionary<string, object> Headers { get; } = new(StringComparer.Ordinal);

    /// <summary>A text of it; <see langword="null"/> when there is none.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <exception cref="MalformedEventException">It is none.</exception>
    public static MassTransitEnvelope Parse(ReadOnlyMemory<byte> body)
    {
        var envelope = new MassTransitEnvelope();
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw Malformed("it is no JSON object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                envelope.ReadProperty(ref reader, body);
            }

            reader.Read(); // Throws when something follows.
        }
        catch (JsonException exception)
        {
            var (line, place) = (exception.LineNumber, exception.BytePositionInLine);
            throw Malformed($"its JSON is wrong or breaks off at byte {place} of line {line}");
        }
        catch (InvalidOperationException)
        {
            throw Malformed("a text in it is no UTF-8"); // What the reader says of it has no place.
        }

        return envelope.Message.IsEmpty ? throw Malformed($"it has no '{MassTransitNames.Message}'")
            : envelope.Types.Count == 0 ? throw Malformed($"it has no '{MassTransitNames.MessageType}'")
            : envelope;
    }

    /// <summary>An error for an envelope, with its cause.</summary>
    public static MalformedEventException Malformed(string cause) =>
        new($"{ErrorIds.Unreadable} The message says it is an envelope of MassTransit's, and {cause}.");

    private void ReadProperty(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var name = reader.GetString()!;
        reader.Read();
        switch (name)
        {
            case MassTransitNames.Message when reader.TokenType != JsonTokenType.Null:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                Message = body[start..(int)reader.BytesConsumed];
                break;
            case MassTransitNames.MessageType when reader.TokenType == JsonTokenType.StartArray:
                ReadTypes(ref reader);
                break;
            case MassTransitNames.Headers when reader.TokenType == JsonTokenType.StartObject:
                ReadHeaders(ref reader);
                break;
            default:
                if (Value(ref reader) is string text)
                {
                    _texts[name] = text;
                }

                break;
        }
    }

    private void ReadTypes(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Value(ref reader) is string type)
            {
                _types.Add(type);
            }
        }
    }

    private void ReadHeaders(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (Value(ref reader) is { } value)
            {
                Headers[name] = value;
            }
        }
    }

    private static object? Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.Number:
                return reader.TryGetInt32(out var number) ? number : Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }
}
