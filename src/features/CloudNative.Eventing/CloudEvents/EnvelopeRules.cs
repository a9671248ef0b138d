namespace CloudNative.Eventing.CloudEvents;

/// <summary>What makes an envelope a valid CloudEvent, the same on the way in and out.</summary>
internal static class EnvelopeRules
{
    /// <summary>The first thing that is wrong with an event, or <see langword="null"/>.</summary>
    public static string? FindProblem(EventEnvelope value) =>
        FindText(CloudEventAttributes.Id, value.Id, required: true)
        ?? FindText(CloudEventAttributes.Source, value.Source, required: true)
        ?? FindText(CloudEventAttributes.Type, value.Type, required: true)
        ?? FindText(CloudEventAttributes.Subject, value.Subject)
        ?? FindText(CloudEventAttributes.DataContentType, value.DataContentType)
        ?? FindText(CloudEventAttributes.DataSchema, value.DataSchema)
        ?? FindText(CloudEventAttributes.PartitionKey, value.Key)
        ?? FindText(CloudEventAttributes.TraceParent, value.TraceParent)
        ?? FindText(CloudEventAttributes.TraceState, value.TraceState)
        ?? FindSyntax(value)
        ?? FindExtension(value.Extensions)
        ?? FindSize(value);

    /// <summary>What is wrong with the text of an attribute, or <see langword="null"/>; allocates nothing when it is right.</summary>
    public static string? FindText(string name, string? text, bool required = false)
    {
        if (text is null)
        {
            return required ? $"'{name}' is missing" : null;
        }

        if (text.Length == 0)
        {
            return $"'{name}' is empty";
        }

        return AttributeText.IsString(text)
            ? null
            : $"'{name}' has a control character, a noncharacter or half of a surrogate pair";
    }

    private static string? FindSyntax(EventEnvelope value)
    {
        if (!UriText.IsReference(value.Source))
        {
            return "'source' is no URI reference (RFC 3986)";
        }

        if (value.DataSchema is { } schema && !UriText.IsAbsolute(schema))
        {
            return "'dataschema' is no absolute URI (RFC 3986)";
        }

        return value.DataContentType is { } type && !MediaType.IsValid(type)
            ? "'datacontenttype' is no media type such as application/json (RFC 2046)"
            : null;
    }

    /// <summary>What is wrong with the first bad extension, or <see langword="null"/>.</summary>
    public static string? FindExtension(IReadOnlyDictionary<string, object>? extensions)
    {
        if (extensions is null or { Count: 0 })
        {
            return null;
        }

        if (extensions.Count > CloudEventLimits.Extensions)
        {
            return $"it has {extensions.Count} extensions, more than {CloudEventLimits.Extensions}";
        }

        foreach (var (name, value) in extensions)
        {
            if (FindExtension(name, value) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? FindExtension(string name, object value)
    {
        if (!AttributeText.IsName(name))
        {
            return "the name of an extension has other characters than lower-case letters a to z and digits";
        }

        if (CloudEventAttributes.IsReserved(name))
        {
            return $"the extension '{name}' has the name of an attribute of the event";
        }

        return value switch
        {
            bool or int => null,
            string text => AttributeText.IsString(text)
                ? null
                : $"'{name}' has a control character, a noncharacter or half of a surrogate pair",
            null => $"the extension '{name}' is null; leave it out",
            _ => $"the extension '{name}' is a {value.GetType().Name}; string, bool and int are allowed",
        };
    }

    private static string? FindSize(EventEnvelope value)
    {
        var characters = value.Id.Length + value.Source.Length + value.Type.Length
            + (value.Subject?.Length ?? 0) + (value.DataContentType?.Length ?? 0) + (value.DataSchema?.Length ?? 0)
            + (value.Key?.Length ?? 0) + (value.TraceParent?.Length ?? 0) + (value.TraceState?.Length ?? 0);
        if (value.Extensions is { Count: > 0 } extensions)
        {
            foreach (var (name, extension) in extensions)
            {
                characters += name.Length + ((extension as string)?.Length ?? 0);
            }
        }

        return characters > CloudEventLimits.AttributeCharacters
            ? $"its attributes have {characters} characters, more than {CloudEventLimits.AttributeCharacters}"
            : null;
    }
}
