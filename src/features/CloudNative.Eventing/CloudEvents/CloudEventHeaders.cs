using System.Buffers;
using System.Globalization;
using System.Text;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>The binary mode of the HTTP binding: attributes as headers, the data as the body.</summary>
internal static class CloudEventHeaders
{
    public const string ContentType = "Content-Type";
    private const string Prefix = "ce-";
    private const int LongestName = 128;

    public static void Write(EventEnvelope value, IDictionary<string, string> headers)
    {
        headers[Prefix + CloudEventAttributes.SpecVersion] = CloudEventAttributes.SupportedVersion;
        Write(headers, CloudEventAttributes.Id, value.Id);
        Write(headers, CloudEventAttributes.Source, value.Source);
        Write(headers, CloudEventAttributes.Type, value.Type);
        Write(headers, CloudEventAttributes.Subject, value.Subject);
        if (value.Time is { } time)
        {
            Span<char> text = stackalloc char[Timestamp.LongestText];
            headers[Prefix + CloudEventAttributes.Time] = text[..Timestamp.Write(time, text)].ToString();
        }

        Write(headers, CloudEventAttributes.DataSchema, value.DataSchema);
        Write(headers, CloudEventAttributes.PartitionKey, value.Key);
        Write(headers, CloudEventAttributes.TraceParent, value.TraceParent);
        Write(headers, CloudEventAttributes.TraceState, value.TraceState);
        foreach (var (name, extension) in value.Extensions ?? new Dictionary<string, object>())
        {
            Write(headers, name, extension switch
            {
                string text => text,
                bool truth => truth ? "true" : "false",
                _ => ((int)extension).ToString(CultureInfo.InvariantCulture),
            });
        }

        if (value.DataContentType is not null || !value.Data.IsEmpty)
        {
            // JSON is implied only in the JSON format; elsewhere it has to be said.
            headers[ContentType] = value.DataContentType ?? MediaType.Json;
        }
    }

    public static EventEnvelope Read(IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var draft = default(EnvelopeDraft);
        foreach (var (name, value) in headers)
        {
            if (string.Equals(name, ContentType, StringComparison.OrdinalIgnoreCase))
            {
                draft.Begin(AttributeSet.DataContentType);
                draft.Set(AttributeSet.DataContentType, value);
            }
            else if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                ReadAttribute(ref draft, name[Prefix.Length..], value);
            }
        }

        return draft.Complete(body);
    }

    private static void Write(IDictionary<string, string> headers, string name, string? text)
    {
        if (text is not null)
        {
            headers[Prefix + name] = HeaderText.Encode(text);
        }
    }

    private static void ReadAttribute(ref EnvelopeDraft draft, string header, string value)
    {
        // Names of headers have no case, those of attributes are lower-case.
        Span<char> lower = stackalloc char[LongestName];
        if (header.Length > LongestName || Ascii.ToLower(header, lower, out var length) != OperationStatus.Done)
        {
            throw EnvelopeDraft.Malformed("a header has a name of other characters than letters and digits, or one too long");
        }

        var name = lower[..length].ToString();
        if (name is CloudEventAttributes.DataContentType or CloudEventAttributes.Data)
        {
            throw EnvelopeDraft.Malformed($"the header 'ce-{name}' must not be there; Content-Type and the body say it");
        }

        if (value.Length > CloudEventLimits.AttributeCharacters)
        {
            throw EnvelopeDraft.Malformed($"an attribute has more than {CloudEventLimits.AttributeCharacters} characters");
        }

        var text = HeaderText.Decode(value)
            ?? throw EnvelopeDraft.Malformed("the value of a header is not percent-encoded UTF-8, or a quote is left open");
        var attribute = Identify(name);
        if (attribute == AttributeSet.None)
        {
            draft.AddExtension(name, text);
            return;
        }

        draft.Begin(attribute);
        draft.Set(attribute, text);
    }

    private static AttributeSet Identify(string name) => name switch
    {
        CloudEventAttributes.SpecVersion => AttributeSet.SpecVersion,
        CloudEventAttributes.Id => AttributeSet.Id,
        CloudEventAttributes.Source => AttributeSet.Source,
        CloudEventAttributes.Type => AttributeSet.Type,
        CloudEventAttributes.Subject => AttributeSet.Subject,
        CloudEventAttributes.Time => AttributeSet.Time,
        CloudEventAttributes.DataSchema => AttributeSet.DataSchema,
        CloudEventAttributes.PartitionKey => AttributeSet.PartitionKey,
        CloudEventAttributes.TraceParent => AttributeSet.TraceParent,
        CloudEventAttributes.TraceState => AttributeSet.TraceState,
        _ => AttributeSet.None,
    };
}
