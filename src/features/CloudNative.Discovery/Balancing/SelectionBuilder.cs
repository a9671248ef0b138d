using CloudNative.Discovery.Balancing.Policies;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Decides who may be picked, and prepares it so that a pick has nothing left to decide. Called when something changes,
/// not per pick.
/// </summary>
internal sealed class SelectionBuilder(Chance chance, Vantage vantage, TimeProvider time)
{
    private readonly PowerOfTwoChoices _default = new(chance);

    public Chance Chance => chance;

    public Selection Build(
        in EndpointQuery query, LoadBalancer? balancer, IReadOnlyList<Member> members, int maxEjectedPercent, long now)
    {
        // 1. Scheme, name and metadata; weight 0 takes nothing while a sibling has more.
        var settings = balancer?.Settings;
        var matching = Match(query, members, settings);
        var reserve = new Pool([.. matching], balancer?.Implementation, null, 1);

        // 2. Priority and health, with cap and panic.
        if (ServingLevel.Find(matching, maxEjectedPercent) is not { } level)
        {
            return new Selection(query, balancer, [], reserve, [], long.MaxValue);
        }

        // 3. Canary and zone, each with its share of the calls; 4. the subset of each.
        var pools = new List<Pool>();
        var resting = matching.FindAll(level.WouldServeBefore);
        var isFresh = false;
        foreach (var lane in Lanes.Of(level, settings, vantage))
        {
            var subset = Subset.Of(lane.Members, level, settings?.SubsetSize ?? 0, vantage);
            resting.AddRange(subset.Where(level.MayTry));
            Target[] targets = [.. subset.Where(level.MayCall)];
            if (targets.Length > 0 && lane.Share > 0)
            {
                // 5. Weights, reduced while an instance warms up.
                var factors = Array.ConvertAll(targets, target => SlowStart.Factor(target.Member, settings, time, now));
                isFresh |= Array.Exists(factors, factor => factor < 1);
                pools.Add(PoolOf(targets, factors, lane.Share, balancer));
            }
        }

        var changes = isFresh ? now + (long)(SlowStart.Step(settings!).TotalSeconds * time.TimestampFrequency) : long.MaxValue;
        return new Selection(query, balancer, [.. pools], reserve, [.. resting], changes);
    }

    /// <summary>Whether so many instances are bad that the bad ones are used again.</summary>
    public static bool IsPanic(IReadOnlyList<Member> members, int maxEjectedPercent) =>
        ServingLevel.Find(Match(default, members), maxEjectedPercent)?.IsPanic == true;

    /// <summary>The instances that serve the query, whatever their health.</summary>
    public static List<Target> Match(in EndpointQuery query, IReadOnlyList<Member> members, BalancingSettings? settings = null)
    {
        var matching = new List<Target>(members.Count);
        var anyWeight = false;
        (string, string)[] required = settings is null ? [] : [.. settings.RequiredMetadata];
        foreach (var member in members)
        {
            var instance = member.State.Instance;
            if (query.Match(instance) is { } endpoint && Array.TrueForAll(required, pair => Labels.Has(instance, pair)))
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

    private Pool PoolOf(Target[] targets, double[] factors, double share, LoadBalancer? balancer)
    {
        var policy = balancer?.Implementation;
        var weights = new double[targets.Length];
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = SlowStart.Weight(targets[index].Member.State.Instance) * factors[index];
        }

        var prepared = (policy ?? _default).Prepare(Pool.StatesOf(targets), weights);
        return new Pool(targets, policy, ReferenceEquals(prepared, _default) ? null : prepared, share);
    }
}
