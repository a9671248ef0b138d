using System.Runtime.InteropServices;

namespace CloudNative.Shared.EventLog;

/// <summary>The parts that a group divides a topic into. Their number is written into every store and never changes.</summary>
internal static class Partitions
{
    public const int Count = 16;

    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>
    /// Where an event belongs: by its key (FNV-1a over UTF-16, the same in every process and version), else in turn.
    /// </summary>
    public static int Of(string? key, long position)
    {
        if (key is null)
        {
            return (int)(position % Count);
        }

        var hash = OffsetBasis;
        foreach (var unit in MemoryMarshal.AsBytes(key.AsSpan()))
        {
            hash = (hash ^ unit) * Prime;
        }

        return (int)((hash ^ (hash >> 16)) % Count);
    }
}
