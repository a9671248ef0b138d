namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Divides the instances that serve into lanes with exact shares of the calls: canaries first, then zones.
/// </summary>
internal static class Lanes
{
    public static IEnumerable<Lane> Of(ServingLevel level, BalancingSettings? settings, Vantage vantage)
    {
        var all = new Lane(level.Members, 1);
        return settings is null
            ? [all]
            : ByCanary(all, level, settings).SelectMany(lane => ByZone(lane, level, settings, vantage));
    }

    private static Lane[] ByCanary(Lane lane, ServingLevel level, BalancingSettings settings)
    {
        if (settings.CanaryPercent is not { } percent)
        {
            return [lane];
        }

        var canaries = lane.Members.Where(target => Labels.Has(target.Member.State.Instance, settings.Canary)).ToArray();
        return Divide(lane, canaries, percent / 100, level);
    }

    // The overprovisioning factor of Envoy's priorities and localities: a zone is taken to have that much to spare.
    private static Lane[] ByZone(Lane lane, ServingLevel level, BalancingSettings settings, Vantage vantage)
    {
        if (settings.ZoneOverprovisioning <= 0 || vantage.Zone is not { } zone)
        {
            return [lane];
        }

        var local = lane.Members
            .Where(target => zone.Equals(target.Member.State.Instance.Zone, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        var healthy = local.Where(level.MayCall).Sum(WeightOf) / Math.Max(1, local.Sum(WeightOf));
        return Divide(lane, local, Math.Min(1, healthy * settings.ZoneOverprovisioning), level);
    }

    // A side that nobody may call leaves its share to the other.
    private static Lane[] Divide(Lane lane, Target[] some, double share, ServingLevel level)
    {
        var others = lane.Members.Except(some).ToArray();
        var first = Array.Exists(some, level.MayCall) ? Array.Exists(others, level.MayCall) ? share : 1 : 0;
        return [new Lane(some, lane.Share * first), new Lane(others, lane.Share * (1 - first))];
    }

    private static double WeightOf(Target target) => SlowStart.Weight(target.Member.State.Instance);
}
