using System.Globalization;
using System.Text;

namespace CloudNative.Consul.Leases;

/// <summary>
/// Where leases are in the key-value store. Names are written so that no server takes a part of them for a path or an
/// escape: those differ in how often they decode.
/// </summary>
internal static class LeaseKeys
{
    /// <summary>The key of a lease.</summary>
    public static string Of(string prefix, string name)
    {
        var key = new StringBuilder(prefix.Length + name.Length + 1).Append(prefix).Append('/');
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            var isPlain = IsPlain((char)unit) && !(unit == '.' && key[^1] == '/'); // "." and ".." are paths.
            _ = isPlain ? key.Append((char)unit) : key.Append(CultureInfo.InvariantCulture, $"~{unit:X2}");
        }

        return key.ToString();
    }

    /// <summary>
    /// The key of the time from which tokens count; not below the prefix, where it could be a lease's.
    /// </summary>
    public static string Epoch(string prefix) => $"{prefix}.epoch";

    public static bool IsPrefix(string? prefix) =>
        prefix is { Length: > 0 }
        && prefix.Split('/').All(part => part.Length > 0 && part is not "." and not ".." && part.All(IsPlain));

    /// <summary>A key as part of a URL.</summary>
    public static string Path(string key) => $"/v1/kv/{key}";

    private static bool IsPlain(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_' or '.' or ':';
}
