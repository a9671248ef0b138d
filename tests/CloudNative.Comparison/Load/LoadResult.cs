namespace CloudNative.Comparison.Load;

/// <summary>What a load saw.</summary>
/// <param name="Good">Answers with a 2xx status.</param>
/// <param name="Failed">Everything else.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record LoadResult(long Good, long Failed, TimeSpan Elapsed)
{
    public double GoodPerSecond => Good / Elapsed.TotalSeconds;

    /// <summary>How long each call took, in milliseconds and in rising order; empty when nobody asked.</summary>
    public IReadOnlyList<double> Latencies { get; init; } = [];

    public double Success => Good + Failed == 0 ? 0 : (double)Good / (Good + Failed);

    /// <summary>The latency that this share of the calls did not exceed, in milliseconds.</summary>
    public double Latency(double share) => Latencies[(int)((Latencies.Count - 1) * share)];
}
