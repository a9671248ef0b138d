namespace CloudNative.Kubernetes.Informing;

/// <summary>
/// How long to rest after failures that follow each other: doubling from <see cref="Shortest"/> to
/// <see cref="Longest"/>, a random half of it taken away. Who answers may ask for more, up to the longest.
/// </summary>
internal sealed class RetryPace
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private int _failures;

    public TimeSpan Next(TimeSpan? atLeast = null)
    {
        var whole = Math.Min(Longest.Ticks, Shortest.Ticks << Math.Min(_failures++, 20));
        var rest = TimeSpan.FromTicks((long)(whole * (0.5 + (Random.Shared.NextDouble() / 2))));
        var least = atLeast ?? TimeSpan.Zero;
        return least > Longest ? Longest : least > rest ? least : rest;
    }

    public void Reset() => _failures = 0;
}
