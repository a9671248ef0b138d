namespace CloudNative.Eventing;

/// <summary>
/// What happens when a handler throws: some attempts at once, in place; then some later, each after a random part of a delay that
/// grows (full jitter); then the event becomes a dead letter.
/// </summary>
public sealed class EventRetryOptions
{
    /// <summary>Further attempts at once, each time the event is delivered. Default 2; 0 to 10.</summary>
    public int Immediate { get; set; } = 2;

    /// <summary>
    /// How often the event is delivered again later. Default 3, after at most 1 s, 10 s and 60 s; 0 to 1,000.
    /// </summary>
    public int Delayed { get; set; } = 3;

    /// <summary>The longest wait before the first of them. Default 1 s; 10 ms to 1 d.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>By how much the longest wait grows each time. Default 10; 1 to 100.</summary>
    public double Factor { get; set; } = 10;

    /// <summary>What the longest wait does not grow above. Default 60 s; not below the base, up to 7 d.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMinutes(1);
}
