namespace CloudNative.Local.Supervision;

/// <summary>
/// Time to wait before the next start: full jitter under a doubling cap, so that replicas do not come back in step.
/// </summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Deaths in a row, each before the replica had run well for a while.</summary>
    public int Failures { get; private set; }

    public TimeSpan Next()
    {
        var cap = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(Failures, 16)));
        Failures++;
        return TimeSpan.FromMilliseconds(random.NextDouble() * cap);
    }

    public void Reset() => Failures = 0;
}
