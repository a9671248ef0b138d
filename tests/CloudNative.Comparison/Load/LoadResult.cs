namespace CloudNative.Comparison.Load;

/// <summary>What a load saw.</summary>
/// <param name="Good">Answers with a 2xx status.</param>
/// <param name="Failed">Everything else.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record LoadResult(long Good, long Failed, TimeSpan Elapsed)
{
    public double GoodPerSecond => Good / Elapsed.TotalSeconds;

    public double Success => Good + Failed == 0 ? 0 : (double)Good / (Good + Failed);
}
