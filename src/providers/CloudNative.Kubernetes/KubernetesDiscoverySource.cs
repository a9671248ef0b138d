namespace CloudNative.Kubernetes;

/// <summary>How the instances of a Service are found.</summary>
public enum KubernetesDiscoverySource
{
    /// <summary>
    /// Not at all: names stay as they are, and the cluster's DNS and proxy choose. Needs no right, and leaves balancing
    /// to the platform or to a mesh.
    /// </summary>
    Names,

    /// <summary>
    /// By the SRV records that the cluster's DNS has of named ports, so that the pods of headless Services are balanced
    /// and ejected here. Needs no right; follows a change within the records' time to live. Of other Services it finds
    /// the ports, and the platform balances.
    /// </summary>
    Dns,

    /// <summary>
    /// By the EndpointSlices of the API, so that instances are balanced and ejected here. Needs the right to list and
    /// watch <c>endpointslices</c> in <c>discovery.k8s.io</c>.
    /// </summary>
    EndpointSlices,
}
