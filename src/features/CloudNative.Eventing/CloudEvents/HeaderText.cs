using System.Text;
using System.Text.Unicode;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>Values of HTTP headers (HTTP binding 1.0.2, section 3.1.3.2).</summary>
internal static class HeaderText
{
    /// <summary>Percent-encodes what is not printable ASCII, the space, the quote and the percent sign.</summary>
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange('!', '~') && !value.AsSpan().ContainsAny('"', '%'))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            if (octet is > (byte)' ' and <= (byte)'~' and not ((byte)'"' or (byte)'%'))
            {
                text.Append((char)octet);
            }
            else
            {
                text.Append('%').Append(Upper(octet >> 4)).Append(Upper(octet & 0xF));
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Reads a value: quoted strings first, which older senders write, then one round of percent-decoding. <see langword="null"/> when it
    /// is neither.
    /// </summary>
    public static string? Decode(string value)
    {
        var text = value.Contains('"', StringComparison.Ordinal) ? Unquote(value) : value;
        return text is not null && text.Contains('%', StringComparison.Ordinal) ? DecodePercent(text) : text;
    }

    private static string? Unquote(string value)
    {
        var text = new StringBuilder(value.Length);
        var isQuoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && value[i] == '\\')
            {
                if (++i == value.Length)
                {
                    return null;
                }

                text.Append(value[i]);
            }
            else
            {
                text.Append(value[i]);
            }
        }

        return isQuoted ? null : text.ToString();
    }

    private static string? DecodePercent(string text)
    {
        var octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (rest[0] != '%')
            {
                var plain = rest.IndexOf('%') is >= 0 and var end ? rest[..end] : rest;
                length += Encoding.UTF8.GetBytes(plain, octets.AsSpan(length));
                rest = rest[plain.Length..];
            }
            else if (rest.Length > 2 && char.IsAsciiHexDigit(rest[1]) && char.IsAsciiHexDigit(rest[2]))
            {
                octets[length++] = Convert.FromHexString(rest[1..3])[0];
                rest = rest[3..];
            }
            else
            {
                return null;
            }
        }

        var decoded = octets.AsSpan(0, length);
        return Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    private static char Upper(int digit) => (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
}
