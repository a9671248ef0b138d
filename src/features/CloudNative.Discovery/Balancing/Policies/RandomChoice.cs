namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>Draws by weight, and looks at nothing else.</summary>
internal sealed class RandomChoice(Chance chance) : ILoadBalancingPolicy
{
    public const string Name = "Random";

    private readonly WeightedDraw? _draw;

    private RandomChoice(WeightedDraw draw, Chance chance)
        : this(chance) => _draw = draw;

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context) =>
        _draw?.Next(chance) ?? WeightedDraw.Once(candidates, chance);

    public ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights) =>
        new RandomChoice(new WeightedDraw(weights), chance);
}
