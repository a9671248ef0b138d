namespace CloudNative.Http;

/// <summary>
/// A second attempt beside one that takes longer than most, at another instance; whichever answers first counts
/// (<c>CloudNative:Http:Hedging</c>, <c>CloudNative:Clients:&lt;name&gt;:Hedging</c>). Only for idempotent requests, and those with an
/// <c>Idempotency-Key</c>, whose body is in memory.
/// </summary>
public sealed class HedgingOptions
{
    /// <summary>Whether calls are hedged. Default <see langword="false"/>: the service does more work for it.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// Which share of the calls is answered before a hedge goes out; the time that this takes is measured, per client and service. A
    /// higher share applies where the budget could not pay for the rest (0.96 by default). Default 0.95; 0.5 to 0.999.
    /// </summary>
    public double Percentile { get; set; } = 0.95;

    /// <summary>A hedge never goes out sooner than this. Default 10 ms; 1 ms to 1 min.</summary>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Share of the calls of the last ten seconds that may be hedged. Default 0.05; 0 to 1.</summary>
    public double BudgetRatio { get; set; } = 0.05;
}
