namespace CloudNative.Discovery;

/// <summary>
/// How a client chooses among the instances of a service: the part <c>LoadBalancing</c> of <c>CloudNative:Http</c> (for all clients) and
/// <c>CloudNative:Clients:&lt;name&gt;</c>. Reloaded while the process runs; the statistics of the instances survive it.
/// </summary>
public sealed class LoadBalancingOptions
{
    /// <summary>
    /// The policy: <c>PowerOfTwoChoices</c>, <c>WeightedRoundRobin</c>, <c>LeastRequests</c>, <c>Random</c>, <c>ConsistentHash</c>, or the
    /// key of an <see cref="ILoadBalancingPolicy"/> that the application registered as a keyed service. Default
    /// <c>PowerOfTwoChoices</c>.
    /// </summary>
    public string Policy { get; set; } = "PowerOfTwoChoices";

    /// <summary>
    /// The request header whose value says which calls belong together, for <c>ConsistentHash</c>. A key that the caller sets on the
    /// request wins. Default none.
    /// </summary>
    public string? KeyHeader { get; set; }
}
