namespace CloudNative.Discovery.Balancing;

/// <summary>How an instance did between two comparisons.</summary>
/// <param name="Member">The instance.</param>
/// <param name="Successes">Calls that succeeded.</param>
/// <param name="Failures">Calls that failed.</param>
/// <param name="Latency">The time that the successful ones took together, in ticks of the clock.</param>
internal sealed record Observation(Member Member, long Successes, long Failures, long Latency)
{
    public long Volume => Successes + Failures;

    public double SuccessRate => (double)Successes / Math.Max(1, Volume);

    public double MeanLatency => (double)Latency / Math.Max(1, Successes);
}
