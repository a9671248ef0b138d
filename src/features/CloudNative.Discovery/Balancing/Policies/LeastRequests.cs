namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// Takes the candidate with the fewest requests in flight for its weight, the first such one from a random start on.
/// Looks at all of them, so its cost grows with their number; blind to latency but for the queue that it makes.
/// </summary>
internal sealed class LeastRequests(Chance chance) : ILoadBalancingPolicy
{
    public const string Name = "LeastRequests";

    private readonly double[]? _weights;

    private LeastRequests(double[] weights, Chance chance)
        : this(chance) => _weights = weights;

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context)
    {
        var start = chance.Below(candidates.Length);
        var best = start;
        var least = double.MaxValue;
        for (var offset = 0; offset < candidates.Length; offset++)
        {
            var index = start + offset < candidates.Length ? start + offset : start + offset - candidates.Length;
            var load = (candidates[index].InFlight + 1) / (_weights?[index] ?? Weights.Of(candidates[index]));
            if (load < least)
            {
                least = load;
                best = index;
            }
        }

        return best;
    }

    public ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights) =>
        new LeastRequests(weights.ToArray(), chance);
}
