namespace CloudNative.Eventing.CloudEvents;

/// <summary>Media types (RFC 2045, section 5.1), as far as an event has to know them.</summary>
internal static class MediaType
{
    public const string Json = "application/json";

    /// <summary>Whether it is a type and subtype with well-formed parameters.</summary>
    public static bool IsValid(ReadOnlySpan<char> value)
    {
        var rest = value;
        if (!TakeToken(ref rest) || !Take(ref rest, '/') || !TakeToken(ref rest))
        {
            return false;
        }

        while (true)
        {
            rest = rest.TrimStart(" \t");
            if (rest.IsEmpty)
            {
                return true;
            }

            if (!Take(ref rest, ';'))
            {
                return false;
            }

            rest = rest.TrimStart(" \t");
            if (!rest.IsEmpty && rest[0] != ';' && !TakeParameter(ref rest))
            {
                return false;
            }
        }
    }

    /// <summary>Whether data of this type is JSON: <c>*/json</c>, <c>*/*+json</c>, or nothing said.</summary>
    public static bool IsJson(string? value)
    {
        if (value is null)
        {
            return true;
        }

        var type = WithoutParameters(value);
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether data of this type is for people to read, so that a string shows it better than base64.</summary>
    public static bool IsText(string value)
    {
        var type = WithoutParameters(value);
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
    }

    public static ReadOnlySpan<char> WithoutParameters(ReadOnlySpan<char> value)
    {
        var end = value.IndexOf(';');
        return (end < 0 ? value : value[..end]).Trim(" \t");
    }

    private static bool TakeParameter(ref ReadOnlySpan<char> rest)
    {
        if (!TakeToken(ref rest) || !Take(ref rest, '='))
        {
            return false;
        }

        if (rest.IsEmpty || rest[0] != '"')
        {
            return TakeToken(ref rest);
        }

        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                rest = rest[(i + 1)..];
                return true;
            }

            i += rest[i] == '\\' ? 1 : 0;
        }

        return false;
    }

    private static bool Take(ref ReadOnlySpan<char> rest, char expected)
    {
        if (rest.IsEmpty || rest[0] != expected)
        {
            return false;
        }

        rest = rest[1..];
        return true;
    }

    private static bool TakeToken(ref ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && IsTokenCharacter(rest[length]))
        {
            length++;
        }

        rest = rest[length..];
        return length > 0;
    }

    private static bool IsTokenCharacter(char value) =>
        char.IsAsciiLetterOrDigit(value) || "!#$%&'*+-.^_`|~".Contains(value, StringComparison.Ordinal);
}
