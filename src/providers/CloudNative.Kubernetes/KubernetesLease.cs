namespace CloudNative.Kubernetes;

/// <summary>
/// A Lease, coordination.k8s.io/v1
/// (https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/).
/// </summary>
public sealed record KubernetesLease : KubernetesObject
{
    /// <summary>Who holds it, and since when.</summary>
    public KubernetesLeaseSpec? Spec { get; init; }
}
