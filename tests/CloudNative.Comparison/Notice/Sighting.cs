namespace CloudNative.Comparison.Notice;

/// <summary>What one lane did, one time that it happened.</summary>
/// <param name="Noticed">The last attempt sent to the victim, in ms after it happened; none when attempts did not stop.</param>
/// <param name="Failed">Calls that failed, or took more than a second.</param>
/// <param name="Wasted">Attempts sent to the victim in vain.</param>
/// <param name="Back">The first call of the victim, in ms after it was back; none when none came in time.</param>
internal sealed record Sighting(double? Noticed, int Failed, int Wasted, double? Back);
