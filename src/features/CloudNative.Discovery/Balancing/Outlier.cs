namespace CloudNative.Discovery.Balancing;

/// <summary>An instance that does worse than its siblings.</summary>
/// <param name="Member">The instance.</param>
/// <param name="Cause">In which respect.</param>
/// <param name="Severity">How much worse, to compare with others.</param>
/// <param name="Finding">What was seen, for the log.</param>
/// <param name="LatencyLimit">For a slow one, how fast it must be to come back, in ticks of the clock.</param>
internal sealed record Outlier(Member Member, EjectionCause Cause, double Severity, string Finding, long LatencyLimit = 0);
