using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>An event while its attributes are being read, in whatever order they come.</summary>
internal struct EnvelopeDraft
{
    private const int NullExtensions = 8;

    private AttributeSet _seen;
    private string? _id;
    private string? _source;
    private string? _type;
    private string? _subject;
    private DateTimeOffset? _time;
    private string? _dataSchema;
    private string? _key;
    private string? _traceParent;
    private string? _traceState;
    private Dictionary<string, object>? _extensions;
    private List<string>? _unset;

    /// <summary>The media type of the data, once it was read.</summary>
    public string? DataContentType { get; private set; }

    public static MalformedEventException Malformed(string problem, Exception? cause = null) =>
        new($"{ErrorIds.MalformedEvent} What arrived is no valid CloudEvent 1.0: {problem}.", cause);

    /// <summary>Notes that an attribute comes; it must not come twice.</summary>
    public void Begin(AttributeSet attribute)
    {
        if ((_seen & attribute) != 0)
        {
            throw Malformed($"'{CloudEventAttributes.NameOf(attribute)}' is there twice");
        }

        _seen |= attribute;
        const AttributeSet Both = AttributeSet.Data | AttributeSet.DataBase64;
        if ((_seen & Both) == Both)
        {
            throw Malformed("it has both 'data' and 'data_base64'");
        }
    }

    public void Set(AttributeSet attribute, string text)
    {
        switch (attribute)
        {
            case AttributeSet.SpecVersion when text != CloudEventAttributes.SupportedVersion:
                throw Malformed("its 'specversion' is not 1.0");
            case AttributeSet.SpecVersion: break;
            case AttributeSet.Id: _id = text; break;
            case AttributeSet.Source: _source = text; break;
            case AttributeSet.Type: _type = text; break;
            case AttributeSet.Subject: _subject = text; break;
            case AttributeSet.Time: SetTime(text); break;
            case AttributeSet.DataContentType: DataContentType = text; break;
            case AttributeSet.DataSchema: _dataSchema = text; break;
            case AttributeSet.PartitionKey: _key = text; break;

            // W3C trace context: what cannot be used is ignored, it never costs the event.
            case AttributeSet.TraceParent: _traceParent = text.Length == 0 ? null : text; break;
            case AttributeSet.TraceState: _traceState = text.Length == 0 ? null : text; break;
            default: throw new ArgumentOutOfRangeException(nameof(attribute));
        }
    }

    public void SetTime(scoped ReadOnlySpan<char> text) =>
        _time = Timestamp.TryParse(text, out var time)
            ? time
            : throw Malformed("'time' is no timestamp of the years 0001 to 9999 (RFC 3339)");

    /// <summary>Adds an extension; <see langword="null"/> is the same as none, but its name counts.</summary>
    public void AddExtension(string name, object? value)
    {
        if (!AttributeText.IsName(name))
        {
            throw Malformed("a member has a name of other characters than lower-case letters a to z and digits");
        }

        var isTwice = _unset?.Contains(name) ?? false;
        if (value is null)
        {
            isTwice |= _extensions?.ContainsKey(name) ?? false;
            (_unset ??= new List<string>(NullExtensions)).Add(name);
        }
        else
        {
            isTwice |= !(_extensions ??= new Dictionary<string, object>(StringComparer.Ordinal)).TryAdd(name, value);
        }

        if (isTwice)
        {
            throw Malformed($"'{(name.Length > 40 ? name[..40] : name)}' is there twice");
        }

        if ((_extensions?.Count ?? 0) + (_unset?.Count ?? 0) > CloudEventLimits.Extensions)
        {
            throw Malformed($"it has more than {CloudEventLimits.Extensions} extensions");
        }
    }

    public readonly EventEnvelope Complete(ReadOnlyMemory<byte> data)
    {
        var problem = (_seen & AttributeSet.SpecVersion) == 0 ? "'specversion' is missing" : null;
        var envelope = new EventEnvelope
        {
            Id = _id!,
            Source = _source!,
            Type = _type!,
            Subject = _subject,
            Time = _time,
            DataContentType = DataContentType,
            DataSchema = _dataSchema,
            Key = _key,
            TraceParent = _traceParent,
            TraceState = _traceState,
            Extensions = _extensions,
            Data = data,
        };
        problem ??= EnvelopeRules.FindProblem(envelope);
        return problem is null ? envelope : throw Malformed(problem);
    }
}
