namespace CloudNative.Kubernetes.Discovery;

/// <summary>Whether an endpoint takes calls.</summary>
internal enum EndpointReadiness
{
    /// <summary>It does.</summary>
    Ready,

    /// <summary>It is going away and still answers: better than nobody.</summary>
    Leaving,

    /// <summary>It does not.</summary>
    NotReady,
}
