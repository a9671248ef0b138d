namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// Power of two choices among candidates of different weight: both are drawn by weight (perhaps the same one twice),
/// and a queue counts by the share of the calls that its instance should carry. While all cost the same, each gets
/// exactly its share.
/// </summary>
internal sealed class WeightedPowerOfTwo : ILoadBalancingPolicy
{
    private readonly WeightedDraw _draw;
    private readonly double[] _shares;
    private readonly Chance _chance;

    public WeightedPowerOfTwo(ReadOnlySpan<double> weights, Chance chance)
    {
        _draw = new WeightedDraw(weights);
        _shares = Weights.RelativeToMean(weights);
        _chance = chance;
    }

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context)
    {
        var first = _draw.Next(_chance);
        var second = _draw.Next(_chance);
        return candidates[second].Cost(context.Timestamp, _shares[second]) < candidates[first].Cost(context.Timestamp, _shares[first])
            ? second
            : first;
    }
}
