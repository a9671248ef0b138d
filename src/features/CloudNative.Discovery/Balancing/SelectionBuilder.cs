using CloudNative.Discovery.Balancing.Policies;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Decides who may be picked: the query's scheme and name, weight, health with cap and panic, then priority.
/// </summary>
internal sealed class SelectionBuilder(Chance chance)
{
    private readonly PowerOfTwoChoices _default = new(chance);

    public Selection Build(in EndpointQuery query, LoadBalancer? balancer, IReadOnlyList<Member> members, int maxEjectedPercent)
    {
        var matching = Match(query, members);
        var usable = Usable(matching, maxEjectedPercent);
        var resting = matching.Where(target => target.Member.IsEjected && !usable.Contains(target)).ToArray();
        return new Selection(
            query, balancer, PoolOf(LowestPriority(usable), balancer), new Pool([.. matching], balancer?.Implementation), resting);
    }

    /// <summary>Whether so many instances are bad that the bad ones are used again.</summary>
    public static bool IsPanic(IReadOnlyList<Member> members, int maxEjectedPercent)
    {
        var matching = Match(default, members);
        return matching.Exists(target => target.Member.IsEjected)
            && Usable(matching, maxEjectedPercent).Any(target => target.Member.IsEjected);
    }

    /// <summary>The instances that serve the query, whatever their health.</summary>
    public static List<Target> Match(in EndpointQuery query, IReadOnlyList<Member> members)
    {
        var matching = new List<Target>(members.Count);
        var anyWeight = false;
        foreach (var member in members)
        {
            var instance = member.State.Instance;
            if (query.Match(instance) is { } endpoint)
            {
                matching.Add(new Target(member, endpoint));
                anyWeight |= instance.Weight > 0;
            }
        }

        if (anyWeight)
        {
            matching.RemoveAll(target => target.Member.State.Instance.Weight <= 0);
        }

        return matching;
    }

    private Pool PoolOf(Target[] targets, LoadBalancer? balancer)
    {
        if (targets.Length == 0)
        {
            return new Pool(targets);
        }

        var policy = balancer?.Implementation;
        var weights = Array.ConvertAll(targets, target => Math.Max(1.0, target.Member.State.Instance.Weight));
        var prepared = (policy ?? _default).Prepare(Pool.StatesOf(targets), weights);
        return new Pool(targets, policy, ReferenceEquals(prepared, _default) ? null : prepared);
    }

    // Instances that refuse connections are left out whatever their number: calling them helps nobody. Instances that answer badly are
    // left out up to the cap only: past it the load they shed would break the others too, so all of them are used again.
    private static HashSet<Target> Usable(List<Target> matching, int maxEjectedPercent)
    {
        var failing = matching.Count(target => target.Member.IsEjected && !target.Member.IsUnreachable);
        var cap = Math.Max(1, matching.Count * maxEjectedPercent / 100);
        var usable = matching
            .Where(target => !target.Member.IsEjected || (failing > cap && !target.Member.IsUnreachable))
            .ToHashSet();
        return usable.Count > 0 ? usable : [.. matching];
    }

    private static Target[] LowestPriority(HashSet<Target> usable)
    {
        if (usable.Count == 0)
        {
            return [];
        }

        var lowest = usable.Min(target => target.Member.State.Instance.Priority);
        return [.. usable.Where(target => target.Member.State.Instance.Priority == lowest)];
    }
}
