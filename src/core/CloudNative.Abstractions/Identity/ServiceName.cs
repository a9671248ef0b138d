using System.Text;

namespace CloudNative.Identity;

/// <summary>The rules of a logical name: what a host name can hold (RFC 1123), in lower case.</summary>
internal static class ServiceName
{
    // RFC 1123 allows 63 a label and 253 in all; the name has to fit into one label of a URI and into registries'
    // fields.
    private const int Longest = 63;

    /// <summary>Makes a name of any text; empty when nothing of it can be kept.</summary>
    public static string Normalize(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            name.Append(Map(character));
        }

        var trimmed = name.ToString().Trim('-', '.');
        return trimmed.Length <= Longest ? trimmed : trimmed[..Longest].TrimEnd('-', '.');
    }

    private static char Map(char character) =>
        char.IsAsciiLetterOrDigit(character) || character == '.' ? char.ToLowerInvariant(character) : '-';
}
