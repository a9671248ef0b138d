using System.Globalization;

namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Finds instances that do worse than the others of their service. Each is compared with all but itself: among few, one
/// bad instance would shift the mean and the deviation that it is measured by, and never be found.
/// </summary>
internal static class Outliers
{
    /// <summary>With fewer than this many others nobody can say who the odd one is.</summary>
    public const int FewestOthers = 2;

    /// <summary>A success rate that is less than this below the others is no reason, however alike these are.</summary>
    public const double SmallestGap = 0.1;

    /// <summary>A latency that is less than this above the others is no reason, whatever the factor.</summary>
    public static readonly TimeSpan SmallestDelay = TimeSpan.FromMilliseconds(5);

    /// <summary>The outliers, the worst first.</summary>
    public static IEnumerable<Outlier> Find(IEnumerable<Observation> observations, EjectionOptions options, long frequency)
    {
        var enough = observations.Where(observation => observation.Volume >= options.MinimumVolume).ToArray();
        return enough
            .Select(one => Judge(one, [.. enough.Where(other => other != one)], options, frequency))
            .OfType<Outlier>()
            .OrderByDescending(outlier => outlier.Severity);
    }

    private static Outlier? Judge(Observation one, Observation[] others, EjectionOptions options, long frequency) =>
        others.Length < FewestOthers
            ? null
            : BySuccessRate(one, others, options) ?? ByLatency(one, others, options, frequency);

    private static Outlier? BySuccessRate(Observation one, Observation[] others, EjectionOptions options)
    {
        if (!options.SuccessRate)
        {
            return null;
        }

        var mean = others.Average(other => other.SuccessRate);
        var deviation = Math.Sqrt(others.Average(other => Math.Pow(other.SuccessRate - mean, 2)));
        var gap = Math.Max(deviation * options.SuccessRateDeviations, SmallestGap);
        return one.SuccessRate >= mean - gap ? null : new Outlier(
            one.Member,
            EjectionCause.SuccessRate,
            mean - one.SuccessRate,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{one.SuccessRate:0.0%} of its {one.Volume} calls succeeded, {mean:0.0%} of the others'"));
    }

    private static Outlier? ByLatency(Observation one, Observation[] others, EjectionOptions options, long frequency)
    {
        if (options.LatencyFactor <= 0 || one.Successes == 0)
        {
            return null;
        }

        var median = Median([.. others.Where(other => other.Successes > 0).Select(other => other.MeanLatency)]);
        var limit = Math.Max(median * options.LatencyFactor, median + (SmallestDelay.TotalSeconds * frequency));
        return median <= 0 || one.MeanLatency <= limit ? null : new Outlier(
            one.Member,
            EjectionCause.Latency,
            one.MeanLatency / median / 1000, // after all that fail
            string.Create(
                CultureInfo.InvariantCulture,
                $"its calls took {1000 * one.MeanLatency / frequency:0.#} ms, {one.MeanLatency / median:0.#} times the others' median"),
            (long)limit);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : (values[values.Length / 2] + values[(values.Length - 1) / 2]) / 2;
    }
}
