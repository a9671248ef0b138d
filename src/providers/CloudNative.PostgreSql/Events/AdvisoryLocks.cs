using System.Text;

namespace CloudNative.PostgreSql.Events;

/// <summary>The advisory locks of a log: one class for each schema, in it one for each process and one for changes of groups.</summary>
internal static class AdvisoryLocks
{
    /// <summary>Held by whoever changes groups and their members, for as long as the transaction takes.</summary>
    public const int Changes = 0;

    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>FNV-1a over the schema's name, positive, since the server shows locks as unsigned numbers.</summary>
    public static int ClassOf(string schema)
    {
        var hash = OffsetBasis;
        foreach (var unit in Encoding.ASCII.GetBytes($"events:{schema}"))
        {
            hash = (hash ^ unit) * Prime;
        }

        return (int)(hash & int.MaxValue);
    }
}
