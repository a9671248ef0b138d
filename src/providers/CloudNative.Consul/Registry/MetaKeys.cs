using System.Collections.Frozen;

namespace CloudNative.Consul.Registry;

/// <summary>
/// Under which keys of the catalogue's metadata an instance says what the catalogue has no field for. Plain words, so that others can
/// read and write them too; <c>scheme</c>, <c>secure</c>, <c>zone</c> and <c>version</c> are what Steeltoe and Spring use.
/// </summary>
internal static class MetaKeys
{
    /// <summary>The instance's id within its service; present when this SDK registered it.</summary>
    public const string Id = "cloudnative-id";

    public const string Scheme = "scheme";
    public const string Secure = "secure";
    public const string Zone = "zone";
    public const string Version = "version";
    public const string Priority = "priority";

    /// <summary>The exact weight, when it is no multiple of 100 that the catalogue's own weight can say.</summary>
    public const string Weight = "weight";

    /// <summary>
    /// <c>endpoint-1</c>, <c>endpoint-2</c>…: the addresses beside the catalogue's own, which <c>endpoint-0</c> replaces.
    /// </summary>
    public const string Endpoint = "endpoint-";

    /// <summary><c>pair-0</c>…: metadata whose keys the catalogue does not take, <c>key=value</c> escaped as in a URL.</summary>
    public const string Pair = "pair-";

    private static readonly FrozenSet<string> Words =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, Id, Scheme, Secure, Zone, Version, Priority, Weight);

    /// <summary>Whether a key has a meaning here, so that it cannot be free metadata as well.</summary>
    public static bool IsTaken(string key) =>
        Words.Contains(key)
        || key.StartsWith(Endpoint, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(Pair, StringComparison.OrdinalIgnoreCase);
}
