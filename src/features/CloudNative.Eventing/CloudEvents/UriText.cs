namespace CloudNative.Eventing.CloudEvents;

/// <summary>The syntax of URIs and references to them by RFC 3986, without making one.</summary>
internal static class UriText
{
    /// <summary>Whether it is a URI with a scheme.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> value) => SchemeLength(value) > 0 && IsReference(value);

    /// <summary>Whether it is a URI or a relative reference, and not empty.</summary>
    public static bool IsReference(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || SchemeLength(value) == 0)
        {
            return false;
        }

        var rest = SchemeLength(value) is > 0 and var scheme ? value[(scheme + 1)..] : value;
        if (rest.StartsWith("//"))
        {
            var authority = rest[2..];
            var end = authority.IndexOfAny('/', '?', '#');
            authority = end < 0 ? authority : authority[..end];
            if (!HasOnlyAllowed(authority, inAuthority: true))
            {
                return false;
            }

            rest = rest[(2 + authority.Length)..];
        }

        return rest.Count('#') <= 1 && HasOnlyAllowed(rest, inAuthority: false);
    }

    /// <summary>-1 when the first segment has no colon; 0 when what stands before the colon is no scheme.</summary>
    private static int SchemeLength(ReadOnlySpan<char> value)
    {
        var end = value.IndexOfAny("/?#:");
        if (end < 0 || value[end] != ':')
        {
            return -1;
        }

        var scheme = value[..end];
        if (scheme.IsEmpty || !char.IsAsciiLetter(scheme[0]))
        {
            return 0;
        }

        foreach (var character in scheme)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('+' or '-' or '.'))
            {
                return 0;
            }
        }

        return end;
    }

    private static bool HasOnlyAllowed(ReadOnlySpan<char> part, bool inAuthority)
    {
        for (var i = 0; i < part.Length; i++)
        {
            var allowed = part[i] switch
            {
                '%' => i + 2 < part.Length && char.IsAsciiHexDigit(part[i + 1]) && char.IsAsciiHexDigit(part[i + 2]),
                '[' or ']' => inAuthority,
                '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' => false,
                var character => character is > ' ' and <= '~',
            };
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }
}
