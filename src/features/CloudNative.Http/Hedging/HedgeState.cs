using CloudNative.Http.Retries;

namespace CloudNative.Http.Hedging;

/// <summary>What is known of the calls of one client to one service; outlives handlers and reloads.</summary>
internal sealed class HedgeState(long timestampFrequency)
{
    public LatencyQuantile Latency { get; } = new();

    public RetryBudget Budget { get; } = new(timestampFrequency);
}
