namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// Looks at two endpoints at random and takes the cheaper: nearly as good as looking at all, at a cost that does not
/// grow, and without the stampede that follows when everybody takes the cheapest.
/// </summary>
internal sealed class PowerOfTwoChoices(Chance chance) : ILoadBalancingPolicy
{
    public const string Name = "PowerOfTwoChoices";

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context) =>
        Choose(candidates, chance, context.Timestamp);

    public ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights) =>
        Weights.AreEqual(weights) ? this : new WeightedPowerOfTwo(weights, chance);

    public static int Choose(ReadOnlySpan<EndpointState> candidates, Chance chance, long now)
    {
        if (candidates.Length <= 1)
        {
            return candidates.Length - 1;
        }

        // One draw gives both indexes: its upper half scaled to n, its lower half to n - 1 and moved past the first.
        var random = chance.Bits();
        var first = (int)(((random >> 32) * (ulong)candidates.Length) >> 31);
        var second = (int)(((random & uint.MaxValue) * (ulong)(candidates.Length - 1)) >> 32);
        second += second >= first ? 1 : 0;

        // Arithmetic in place of a branch: which of two is cheaper cannot be predicted, and a wrong guess costs more
        // than all of this.
        var isCheaper = candidates[second].Cost(now) < candidates[first].Cost(now) ? 1 : 0;
        return first + ((second - first) * isCheaper);
    }
}
