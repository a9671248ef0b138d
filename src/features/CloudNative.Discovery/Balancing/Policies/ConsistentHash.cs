namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// Sends equal keys to the same instance, by weighted rendezvous hashing with bounded loads: each instance scores each
/// key, and the highest score of those that are not overloaded wins. When one of n leaves, only its keys move (1/n), to
/// all the others alike; weights hold exactly, and an attempt after a failed one goes where the key would go without
/// the tried instance. A ring gives this only roughly and needs hundreds of points an instance; the price is a look at
/// every candidate. A call without a key is balanced by power of two choices.
/// </summary>
internal sealed class ConsistentHash : ILoadBalancingPolicy
{
    public const string Name = "ConsistentHash";

    /// <summary>
    /// An instance passes keys on when it has more than this many times its share of the requests in flight (V.
    /// Mirrokni et al., Consistent hashing with bounded loads, 2016).
    /// </summary>
    public const double LoadFactor = 1.25;

    /// <summary>
    /// So few requests in flight are never too many, whatever the share: with little traffic keys stay where they are.
    /// </summary>
    public const int AlwaysAllowed = 8;

    private readonly PowerOfTwoChoices _keyless;
    private readonly ILoadBalancingPolicy? _preparedKeyless;
    private readonly ulong[]? _hashes;
    private readonly double[]? _shares;

    public ConsistentHash(PowerOfTwoChoices keyless) => _keyless = keyless;

    private ConsistentHash(PowerOfTwoChoices keyless, ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights)
        : this(keyless)
    {
        _preparedKeyless = keyless.Prepare(candidates, weights);
        _shares = Weights.AreEqual(weights) ? null : Weights.RelativeToMean(weights);
        _hashes = new ulong[candidates.Length];
        for (var index = 0; index < _hashes.Length; index++)
        {
            _hashes[index] = StableHash.Of(candidates[index].Instance.Id);
        }
    }

    public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context)
    {
        if (context.Key is not { } key)
        {
            return (_preparedKeyless ?? _keyless).Pick(candidates, context);
        }

        var hash = StableHash.Of(key);
        var limit = Limit(candidates);
        var best = -1;
        var highest = double.NegativeInfinity;
        for (var index = 0; index < candidates.Length; index++)
        {
            var share = _shares?[index] ?? 1;
            var inFlight = candidates[index].InFlight;
            if (inFlight >= AlwaysAllowed && inFlight >= limit * share)
            {
                continue;
            }

            var score = Score(hash ^ (_hashes?[index] ?? StableHash.Of(candidates[index].Instance.Id)), share);
            if (score > highest)
            {
                highest = score;
                best = index;
            }
        }

        // Requests that end and begin meanwhile may let everybody look overloaded.
        return best >= 0 ? best : (_preparedKeyless ?? _keyless).Pick(candidates, context);
    }

    public ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights) =>
        new ConsistentHash(_keyless, candidates, weights);

    private static double Limit(ReadOnlySpan<EndpointState> candidates)
    {
        var total = 1L;
        foreach (var candidate in candidates)
        {
            total += candidate.InFlight;
        }

        return Math.Ceiling(LoadFactor * total / candidates.Length);
    }

    // u ^ (1 / weight) for a uniform u, as its order has the wanted shares; equal weights do without the logarithm.
    private double Score(ulong mixed, double share)
    {
        var uniform = (double)StableHash.Mix(mixed);
        return _shares is null ? uniform : Math.Log((uniform + 1) * (1.0 / (1UL << 63) / 2)) / share;
    }
}
