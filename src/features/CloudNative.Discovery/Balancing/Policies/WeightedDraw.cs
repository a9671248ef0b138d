namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>
/// Draws an index with a chance in proportion to its weight, in one step however many there are (M. D. Vose, A linear
/// algorithm for generating random numbers with a given distribution, 1991).
/// </summary>
internal sealed class WeightedDraw
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    public WeightedDraw(ReadOnlySpan<double> weights)
    {
        _keep = Weights.RelativeToMean(weights);
        _alias = new int[weights.Length];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var index = 0; index < _keep.Length; index++)
        {
            (_keep[index] < 1 ? small : large).Push(index);
        }

        // Each column is filled up to 1 by one that has more.
        while (small.Count > 0 && large.Count > 0)
        {
            var poor = small.Pop();
            var rich = large.Pop();
            _alias[poor] = rich;
            _keep[rich] -= 1 - _keep[poor];
            (_keep[rich] < 1 ? small : large).Push(rich);
        }

        // What is left over is 1 but for rounding.
        foreach (var index in small.Concat(large))
        {
            _keep[index] = 1;
            _alias[index] = index;
        }
    }

    public int Next(Chance chance)
    {
        var at = chance.Fraction() * _keep.Length;
        var column = (int)at;
        return at - column < _keep[column] ? column : _alias[column];
    }

    /// <summary>One draw among candidates that nothing was prepared for.</summary>
    public static int Once(ReadOnlySpan<EndpointState> candidates, Chance chance)
    {
        var sum = 0.0;
        foreach (var candidate in candidates)
        {
            sum += Weights.Of(candidate);
        }

        var at = chance.Fraction() * sum;
        for (var index = 0; index < candidates.Length - 1; index++)
        {
            at -= Weights.Of(candidates[index]);
            if (at < 0)
            {
                return index;
            }
        }

        return candidates.Length - 1;
    }
}
