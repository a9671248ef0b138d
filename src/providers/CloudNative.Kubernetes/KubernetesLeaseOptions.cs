namespace CloudNative.Kubernetes;

/// <summary>Where leases are kept. Section <c>CloudNative:Kubernetes:Leases</c>; read once, at first use.</summary>
public sealed class KubernetesLeaseOptions
{
    /// <summary>The namespace of the Lease objects. Default: this service's own.</summary>
    public string? Namespace { get; set; }

    /// <summary>
    /// What the names of the Lease objects begin with: services that name the same namespace and prefix share their
    /// leases. Default <c>cloudnative</c>; name one of its own for each app where several share a namespace. Up to 63
    /// of
    /// <c>a-z</c>, <c>0-9</c> and <c>-</c>.
    /// </summary>
    public string Prefix { get; set; } = "cloudnative";
}
