namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Looks at two endpoints at random and takes the cheaper: nearly as good as looking at all, at a cost that does not grow, and without
/// the stampede that follows when everybody takes the cheapest.
/// </summary>
internal sealed class PowerOfTwoChoices : ILoadBalancingPolicy
{
    public const string Name = "power-of-two";

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context) =>
        Choose(candidates, context.Timestamp);

    public static int Choose(ReadOnlySpan<EndpointState> candidates, long now)
    {
        if (candidates.Length <= 1)
        {
            return candidates.Length - 1;
        }

        // One draw gives both indexes: its upper half scaled to n, its lower half to n - 1 and moved past the first.
        var random = (ulong)Random.Shared.NextInt64();
        var first = (int)(((random >> 32) * (ulong)candidates.Length) >> 31);
        var second = (int)(((random & uint.MaxValue) * (ulong)(candidates.Length - 1)) >> 32);
        second += second >= first ? 1 : 0;

        // Arithmetic in place of a branch: which of two is cheaper cannot be predicted, and a wrong guess costs more than all of this.
        var isCheaper = candidates[second].Cost(now) < candidates[first].Cost(now) ? 1 : 0;
        return first + ((second - first) * isCheaper);
    }
}
