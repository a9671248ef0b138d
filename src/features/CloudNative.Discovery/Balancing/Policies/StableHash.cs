namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// A hash that is the same in every process, version and machine, so that all of them send a key to the same instance.
/// Not for secrets.
/// </summary>
internal static class StableHash
{
    // FNV-1a (draft-eastlake-fnv) over UTF-16 units, finished as SplitMix64 does: FNV alone leaves the upper bits of
    // short texts alike.
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return Mix(hash);
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
