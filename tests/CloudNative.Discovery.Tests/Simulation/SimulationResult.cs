using System.Globalization;

namespace CloudNative.Discovery.Tests.Simulation;

/// <summary>What the callers saw.</summary>
/// <param name="Latencies">Of each call, by when it began, in seconds.</param>
/// <param name="Failed">Calls that failed.</param>
/// <param name="ToTheOddOne">Attempts on the instance that is not healthy.</param>
internal sealed record SimulationResult(IReadOnlyList<(double Began, double Seconds)> Latencies, int Failed, int ToTheOddOne)
{
    public double Percentile(double share, double from = 0)
    {
        double[] sorted = [.. Latencies.Where(call => call.Began >= from).Select(call => call.Seconds).Order()];
        return sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    public string Row(string name, double from = 0) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Percentile(0.5, from) * 1000:0.0} | {Percentile(0.99, from) * 1000:0.0} | {Percentile(0.999, from) * 1000:0.0} "
        + $"| {100.0 * ToTheOddOne / Latencies.Count:0.00} % | {Failed} |");
}
