namespace Shop.Smoke;

internal static class Percentile
{
    /// <summary>The value that this share of all did not exceed; 0 when there is none.</summary>
    public static double Of(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
