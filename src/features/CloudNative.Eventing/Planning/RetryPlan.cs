namespace CloudNative.Eventing.Planning;

/// <summary>When a failed event is tried again.</summary>
internal sealed class RetryPlan(EventRetryOptions options)
{
    private readonly double _base = options.BaseDelay.TotalMilliseconds;
    private readonly double _factor = options.Factor;
    private readonly double _max = options.MaxDelay.TotalMilliseconds;

    /// <summary>Further attempts in place for each delivery.</summary>
    public int Immediate { get; } = options.Immediate;

    /// <summary>Deliveries after the first.</summary>
    public int Delayed { get; } = options.Delayed;

    /// <summary>
    /// The wait after a delivery that failed: a random part of a limit that grows, so that what failed together does not come back
    /// together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/, "full jitter").
    /// </summary>
    /// <param name="delivery">Which delivery failed, from 1.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>The wait.</returns>
    public TimeSpan DelayAfter(int delivery, Random random) =>
        TimeSpan.FromMilliseconds(Math.Min(_max, _base * Math.Pow(_factor, delivery - 1)) * random.NextDouble());

    /// <summary>The number of an attempt over all deliveries, from 1.</summary>
    /// <param name="delivery">Which delivery it is in, from 1.</param>
    /// <param name="round">Which attempt of that delivery it is, from 0.</param>
    /// <returns>The number.</returns>
    public int AttemptOf(int delivery, int round) => ((delivery - 1) * (Immediate + 1)) + round + 1;
}
