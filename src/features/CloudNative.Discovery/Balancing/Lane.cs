namespace CloudNative.Discovery.Balancing;

/// <summary>Instances that together get a share of the calls, healthy or not.</summary>
/// <param name="Members">The instances.</param>
/// <param name="Share">Their share, of 1.</param>
internal sealed record Lane(IReadOnlyList<Target> Members, double Share);
