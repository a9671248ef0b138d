using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>Reads the JSON format. JSON data is never parsed, only passed over: the envelope holds its bytes.</summary>
internal static class CloudEventReader
{
    private const int LongestNumber = 11;

    public static EventEnvelope Read(ReadOnlyMemory<byte> text)
    {
        var json = Open(text);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                throw EnvelopeDraft.Malformed("the document is no JSON object");
            }

            var envelope = ReadEvent(ref json, text);
            ReadEnd(ref json);
            return envelope;
        }
        catch (JsonException exception)
        {
            throw EnvelopeDraft.Malformed(Describe(exception), exception);
        }
    }

    public static IReadOnlyList<EventEnvelope> ReadBatch(ReadOnlyMemory<byte> text)
    {
        var json = Open(text);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartArray)
            {
                throw EnvelopeDraft.Malformed("the document is no JSON array");
            }

            var batch = new List<EventEnvelope>();
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType != JsonTokenType.StartObject)
                {
                    throw EnvelopeDraft.Malformed($"element {batch.Count} of the batch is no JSON object");
                }

                if (batch.Count == CloudEventLimits.BatchEvents)
                {
                    throw EnvelopeDraft.Malformed($"the batch has more than {CloudEventLimits.BatchEvents} events");
                }

                batch.Add(ReadEvent(ref json, text));
            }

            ReadEnd(ref json);
            return batch;
        }
        catch (JsonException exception)
        {
            throw EnvelopeDraft.Malformed(Describe(exception), exception);
        }
    }

    private static Utf8JsonReader Open(ReadOnlyMemory<byte> text)
    {
        if (!Utf8.IsValid(text.Span))
        {
            // The reader would not notice within data that it passes over.
            throw EnvelopeDraft.Malformed("the document is not UTF-8");
        }

        return new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = CloudEventLimits.DocumentDepth });
    }

    /// <summary>Anything but white space after the end throws.</summary>
    private static void ReadEnd(ref Utf8JsonReader json) => _ = json.Read();

    private static EventEnvelope ReadEvent(ref Utf8JsonReader json, ReadOnlyMemory<byte> text)
    {
        var draft = default(EnvelopeDraft);
        var data = ReadOnlyMemory<byte>.Empty;
        var kind = JsonTokenType.None;
        var isBase64 = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var attribute = Identify(ref json);
            if (attribute == AttributeSet.None)
            {
                ReadExtension(ref json, ref draft);
                continue;
            }

            draft.Begin(attribute);
            json.Read();
            if (attribute is AttributeSet.Data or AttributeSet.DataBase64)
            {
                // Its media type may come later, so that it is decoded at the end.
                kind = json.TokenType;
                isBase64 = attribute == AttributeSet.DataBase64;
                var start = (int)json.TokenStartIndex;
                json.Skip();
                data = text[start..(int)json.BytesConsumed];
            }
            else
            {
                ReadAttribute(ref json, attribute, ref draft);
            }
        }

        return draft.Complete(kind switch
        {
            JsonTokenType.None => data,
            _ when isBase64 => DecodeBase64(data, kind),
            _ when MediaType.IsJson(draft.DataContentType) => data,
            _ => DecodeText(data, kind),
        });
    }

    private static AttributeSet Identify(ref Utf8JsonReader json)
    {
        // ValueTextEquals sees through escapes: "\u0069d" is "id".
        return json.ValueTextEquals("id"u8) ? AttributeSet.Id
            : json.ValueTextEquals("source"u8) ? AttributeSet.Source
            : json.ValueTextEquals("type"u8) ? AttributeSet.Type
            : json.ValueTextEquals("specversion"u8) ? AttributeSet.SpecVersion
            : json.ValueTextEquals("data"u8) ? AttributeSet.Data
            : json.ValueTextEquals("time"u8) ? AttributeSet.Time
            : json.ValueTextEquals("subject"u8) ? AttributeSet.Subject
            : json.ValueTextEquals("datacontenttype"u8) ? AttributeSet.DataContentType
            : json.ValueTextEquals("dataschema"u8) ? AttributeSet.DataSchema
            : json.ValueTextEquals("data_base64"u8) ? AttributeSet.DataBase64
            : json.ValueTextEquals("partitionkey"u8) ? AttributeSet.PartitionKey
            : json.ValueTextEquals("traceparent"u8) ? AttributeSet.TraceParent
            : json.ValueTextEquals("tracestate"u8) ? AttributeSet.TraceState
            : AttributeSet.None;
    }

    private static void ReadAttribute(ref Utf8JsonReader json, AttributeSet attribute, ref EnvelopeDraft draft)
    {
        if (json.TokenType == JsonTokenType.Null && attribute != AttributeSet.SpecVersion)
        {
            return;
        }

        if (json.TokenType != JsonTokenType.String)
        {
            throw EnvelopeDraft.Malformed($"'{CloudEventAttributes.NameOf(attribute)}' is no JSON string");
        }

        if (attribute == AttributeSet.Time && json.ValueSpan.Length <= CloudEventLimits.TimestampBytes)
        {
            Span<char> time = stackalloc char[CloudEventLimits.TimestampBytes];
            draft.SetTime(time[..CopyText(ref json, time)]);
            return;
        }

        draft.Set(attribute, GetText(ref json));
    }

    private static void ReadExtension(ref Utf8JsonReader json, ref EnvelopeDraft draft)
    {
        var name = GetText(ref json);
        json.Read();
        draft.AddExtension(name, json.TokenType switch
        {
            JsonTokenType.String => GetText(ref json),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            JsonTokenType.Number when IsInteger(ref json, out var number) => number,
            JsonTokenType.Number => throw EnvelopeDraft.Malformed("an extension is a number, but no integer of 32 bits"),
            _ => throw EnvelopeDraft.Malformed("an extension is a JSON object or array"),
        });
    }

    /// <summary>1.0 and 1e3 are integers in value, but not in the form that the specification allows.</summary>
    private static bool IsInteger(ref Utf8JsonReader json, out int number)
    {
        number = 0;
        return json.ValueSpan.Length <= LongestNumber && !json.ValueSpan.ContainsAny(".eE"u8) && json.TryGetInt32(out number);
    }

    private static string GetText(ref Utf8JsonReader json)
    {
        if (json.ValueSpan.Length > CloudEventLimits.AttributeCharacters * 6)
        {
            throw EnvelopeDraft.Malformed($"an attribute has more than {CloudEventLimits.AttributeCharacters} characters");
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw EnvelopeDraft.Malformed("a string has half of a surrogate pair", exception);
        }
    }

    private static int CopyText(ref Utf8JsonReader json, scoped Span<char> text)
    {
        try
        {
            return json.CopyString(text);
        }
        catch (InvalidOperationException exception)
        {
            throw EnvelopeDraft.Malformed("a string has half of a surrogate pair", exception);
        }
    }

    private static ReadOnlyMemory<byte> DecodeBase64(ReadOnlyMemory<byte> data, JsonTokenType kind)
    {
        if (kind == JsonTokenType.String)
        {
            var json = new Utf8JsonReader(data.Span);
            json.Read();
            if (json.TryGetBytesFromBase64(out var bytes))
            {
                return bytes;
            }
        }

        throw EnvelopeDraft.Malformed("'data_base64' is no base64 (RFC 4648)");
    }

    private static ReadOnlyMemory<byte> DecodeText(ReadOnlyMemory<byte> data, JsonTokenType kind)
    {
        if (kind != JsonTokenType.String)
        {
            throw EnvelopeDraft.Malformed("'data' is no JSON string, but 'datacontenttype' says that it is not JSON");
        }

        if (!data.Span.Contains((byte)'\\'))
        {
            return data[1..^1];
        }

        var json = new Utf8JsonReader(data.Span);
        json.Read();
        var bytes = new byte[json.ValueSpan.Length];
        try
        {
            return bytes.AsMemory(0, json.CopyString(bytes));
        }
        catch (InvalidOperationException exception)
        {
            throw EnvelopeDraft.Malformed("'data' has half of a surrogate pair", exception);
        }
    }

    /// <summary>Where it is wrong, and nothing of what stands there.</summary>
    private static string Describe(JsonException exception)
    {
        var place = new StringBuilder("the document is no JSON, or nested deeper than ").Append(CloudEventLimits.DataDepth);
        return exception.LineNumber is { } line
            ? place.Append(" (line ").Append(line + 1).Append(", byte ").Append(exception.BytePositionInLine ?? 0).Append(')').ToString()
            : place.ToString();
    }
}
