namespace CloudNative.Comparison.Scenarios;

/// <summary>How much load a run applies: a check on every change, or figures to publish.</summary>
/// <param name="Load">How long each load lasts.</param>
/// <param name="Rounds">How often the sides take turns.</param>
/// <param name="Requests">Requests in the long run through the failing service.</param>
/// <param name="Operations">Operations per side of the cost measurement.</param>
internal sealed record Scale(TimeSpan Load, int Rounds, long Requests, int Operations)
{
    public static Scale Quick { get; } = new(TimeSpan.FromSeconds(1.5), 2, 12_000, 2_500);

    public static Scale Full { get; } = new(TimeSpan.FromSeconds(2), 3, 120_000, 5_000);
}
