namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// Takes the candidates in turn, each as often as its weight says and as evenly spread as that allows. Blind to latency
/// and load: for calls that all cost the same. An attempt after a failed one draws by weight among the untried.
/// </summary>
internal sealed class WeightedRoundRobin(Chance chance) : ILoadBalancingPolicy
{
    public const string Name = "WeightedRoundRobin";

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context) => WeightedDraw.Once(candidates, chance);

    public ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights) =>
        new RoundRobinSchedule(weights, chance);
}
