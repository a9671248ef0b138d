namespace CloudNative.Benchmarks.Events;

/// <summary>What publishers reached.</summary>
/// <param name="Rate">Acknowledged events a second.</param>
/// <param name="Latencies">Milliseconds, in rising order.</param>
internal sealed record PublishResult(double Rate, double[] Latencies)
{
    public double At(double quantile) =>
        Latencies.Length == 0 ? 0 : Latencies[Math.Min((int)(Latencies.Length * quantile), Latencies.Length - 1)];
}
