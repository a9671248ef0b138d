using System.Buffers;
using System.Text;
using System.Text.Json;

namespace CloudNative.Shared.Outbox;

/// <summary>Extensions of an event as a flat JSON object; text, booleans and integers only.</summary>
internal static class ExtensionsText
{
    public static string? Write(IReadOnlyDictionary<string, object>? extensions)
    {
        if (extensions is null or { Count: 0 })
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in extensions)
            {
                Write(writer, name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">It is no such object.</exception>
    public static IReadOnlyDictionary<string, object>? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = 1 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The extensions are no JSON object.");
        }

        var extensions = new Dictionary<string, object>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            extensions[name] = Value(ref reader, name);
        }

        // Reads to the end, so that what follows the object is noticed.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read()
            ? extensions
            : throw new JsonException("The extensions are no JSON object.");
    }

    private static void Write(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(name, text);
                break;
            case bool truth:
                writer.WriteBoolean(name, truth);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            default:
                throw new ArgumentException($"The extension '{name}' is a {value.GetType().Name}; only text, bool and int can travel.");
        }
    }

    private static object Value(ref Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when reader.TryGetInt32(out var number) => number,
        _ => throw new JsonException($"The extension '{name}' is neither text, nor a boolean, nor an integer of 32 bits."),
    };
}
