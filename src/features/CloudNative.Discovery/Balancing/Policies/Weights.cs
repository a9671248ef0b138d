namespace CloudNative.Discovery.Balancing.Policies;

/// <summary>What several policies need to know of weights.</summary>
internal static class Weights
{
    public static bool AreEqual(ReadOnlySpan<double> weights) => weights.Length == 0 || !weights.ContainsAnyExcept(weights[0]);

    /// <summary>The weights, scaled so that the average one is 1.</summary>
    public static double[] RelativeToMean(ReadOnlySpan<double> weights)
    {
        var mean = Sum(weights) / weights.Length;
        var relative = new double[weights.Length];
        for (var index = 0; index < relative.Length; index++)
        {
            relative[index] = weights[index] / mean;
        }

        return relative;
    }

    public static double Sum(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        return sum;
    }

    /// <summary>The weight of an instance that is not prepared for: 0 counts as next to nothing.</summary>
    public static double Of(EndpointState state) => Math.Max(state.Instance.Weight, double.Epsilon);
}
