namespace CloudNative.Kubernetes;

/// <summary>
/// Whether an endpoint takes traffic
/// (https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions). What is not said counts as
/// the API says: ready and serving, not terminating.
/// </summary>
public sealed record KubernetesEndpointConditions
{
    /// <summary>
    /// Whether it takes new traffic; never while it terminates, unless the Service publishes what is not ready.
    /// </summary>
    public bool? Ready { get; init; }

    /// <summary>Whether it answers, also while it terminates.</summary>
    public bool? Serving { get; init; }

    /// <summary>Whether it is going away.</summary>
    public bool? Terminating { get; init; }
}
