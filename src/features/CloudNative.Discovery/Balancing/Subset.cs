using CloudNative.Discovery.Balancing.Policies;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// The instances that this process calls when it is not to call all: those with the highest rendezvous scores for it.
/// Callers spread over the instances without knowing of each other, and one that comes or goes changes one place of a
/// subset.
/// </summary>
internal static class Subset
{
    /// <summary>The healthy ones of the subset, and the ejected ones whose place others hold meanwhile.</summary>
    public static IReadOnlyList<Target> Of(IReadOnlyList<Target> members, ServingLevel level, int size, Vantage vantage)
    {
        if (size <= 0 || members.Count <= size)
        {
            return members;
        }

        var self = StableHash.Of(vantage.InstanceId);
        var chosen = new List<Target>(size);
        var healthy = 0;
        foreach (var target in members.OrderByDescending(target => Score(target, self)))
        {
            if (healthy == size)
            {
                break;
            }

            chosen.Add(target);
            healthy += level.MayCall(target) ? 1 : 0;
        }

        return chosen;
    }

    private static ulong Score(Target target, ulong self) =>
        StableHash.Mix(self ^ StableHash.Of(target.Member.State.Instance.Id));
}
