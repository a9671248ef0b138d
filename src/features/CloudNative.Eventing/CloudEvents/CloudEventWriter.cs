using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>Writes the JSON format. JSON data is taken over byte by byte.</summary>
internal static class CloudEventWriter
{
    public static Utf8JsonWriter Open(IBufferWriter<byte> output) =>
        new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public static void Write(Utf8JsonWriter json, EventEnvelope value)
    {
        json.WriteStartObject();
        json.WriteString("specversion"u8, "1.0"u8);
        json.WriteString("id"u8, value.Id);
        json.WriteString("source"u8, value.Source);
        json.WriteString("type"u8, value.Type);
        WriteOptional(json, "subject"u8, value.Subject);
        if (value.Time is { } time)
        {
            Span<char> text = stackalloc char[Timestamp.LongestText];
            json.WriteString("time"u8, text[..Timestamp.Write(time, text)]);
        }

        WriteOptional(json, "datacontenttype"u8, value.DataContentType);
        WriteOptional(json, "dataschema"u8, value.DataSchema);
        WriteOptional(json, "partitionkey"u8, value.Key);
        WriteOptional(json, "traceparent"u8, value.TraceParent);
        WriteOptional(json, "tracestate"u8, value.TraceState);
        if (value.Extensions is { Count: > 0 } extensions)
        {
            WriteExtensions(json, extensions);
        }

        WriteData(json, value.DataContentType, value.Data.Span);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteExtensions(Utf8JsonWriter json, IReadOnlyDictionary<string, object> extensions)
    {
        foreach (var (name, value) in extensions)
        {
            switch (value)
            {
                case string text: json.WriteString(name, text); break;
                case bool truth: json.WriteBoolean(name, truth); break;
                case int number: json.WriteNumber(name, number); break;
                default: throw new InvalidOperationException("The rules let only strings, booleans and integers pass.");
            }
        }
    }

    private static void WriteData(Utf8JsonWriter json, string? contentType, ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        // Data that is not what its type says travels as base64: the receiver gets the same bytes, and judges.
        if (MediaType.IsJson(contentType))
        {
            if (IsJson(data))
            {
                json.WritePropertyName("data"u8);
                json.WriteRawValue(data, skipInputValidation: true);
                return;
            }
        }
        else if (MediaType.IsText(contentType!) && Utf8.IsValid(data))
        {
            json.WriteString("data"u8, data);
            return;
        }

        json.WriteBase64String("data_base64"u8, data);
    }

    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
        {
            return false;
        }

        var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = CloudEventLimits.DataDepth });
        try
        {
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
