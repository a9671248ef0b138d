namespace CloudNative.Discovery;

/// <summary>What one attempt asks for. The default value asks for any endpoint by the default policy.</summary>
public readonly ref struct PickRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="query">Schemes and endpoint name.</param>
    /// <param name="policy">The policy; <see langword="null"/> for that of the balancer.</param>
    /// <param name="tried">Endpoints that this call has tried already; they are left out.</param>
    /// <param name="key">What calls with the same value have in common, for hashing policies.</param>
    /// <param name="balancer">How to choose; <see langword="null"/> for the default.</param>
    public PickRequest(
        EndpointQuery query,
        ILoadBalancingPolicy? policy = null,
        ReadOnlySpan<EndpointState> tried = default,
        string? key = null,
        LoadBalancer? balancer = null)
    {
        Query = query;
        Policy = policy;
        Tried = tried;
        Key = key;
        Balancer = balancer;
    }

    /// <summary>Schemes and endpoint name.</summary>
    public EndpointQuery Query { get; init; }

    /// <summary>
    /// A policy in place of the balancer's; it is asked unprepared. <see langword="null"/> for that of <see
    /// cref="Balancer"/>.
    /// </summary>
    public ILoadBalancingPolicy? Policy { get; init; }

    /// <summary>Endpoints that this call has tried already; they are left out.</summary>
    public ReadOnlySpan<EndpointState> Tried { get; init; }

    /// <summary>What calls with the same value have in common, for hashing policies.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// How to choose, as one client is configured: from <see cref="LoadBalancers.Get"/>. <see langword="null"/> for
    /// power of two choices on latency and requests in flight.
    /// </summary>
    public LoadBalancer? Balancer { get; init; }
}
