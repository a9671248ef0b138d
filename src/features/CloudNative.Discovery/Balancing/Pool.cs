namespace CloudNative.Discovery.Balancing;

/// <summary>Instances that one policy chooses among, with what the policy prepared for them.</summary>
internal sealed class Pool
{
    /// <param name="targets">The instances.</param>
    /// <param name="policy">The policy; <see langword="null"/> for power of two choices.</param>
    /// <param name="prepared">
    /// What it prepared for these; <see langword="null"/> for power of two choices among equals.
    /// </param>
    /// <param name="share">The share of the calls that goes here, of 1.</param>
    public Pool(Target[] targets, ILoadBalancingPolicy? policy, ILoadBalancingPolicy? prepared, double share)
    {
        Targets = targets;
        States = StatesOf(targets);
        Policy = policy;
        Prepared = prepared;
        Share = share;
    }

    public Target[] Targets { get; }

    /// <summary>The statistics, in the order of <see cref="Targets"/>.</summary>
    public EndpointState[] States { get; }

    public ILoadBalancingPolicy? Policy { get; }

    public ILoadBalancingPolicy? Prepared { get; }

    public double Share { get; }

    public static EndpointState[] StatesOf(Target[] targets) => Array.ConvertAll(targets, target => target.Member.State);
}
