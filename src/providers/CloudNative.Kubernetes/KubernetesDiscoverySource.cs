namespace CloudNative.Kubernetes;

/// <summary>How the instances of a Service are found.</summary>
public enum KubernetesDiscoverySource
{
    /// <summary>
    /// Not at all: names stay as they are, and the cluster's DNS and proxy choose. Needs no right, and leaves balancing to
    /// the platform or to a mesh.
    /// </summary>
    Names,

    /// <summary>
    /// By the EndpointSlices of the API, so that instances are balanced and ejected here. Needs the right to list and
    /// watch <c>endpointslices</c> in <c>discovery.k8s.io</c>.
    /// </summary>
    EndpointSlices,
}
