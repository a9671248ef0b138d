namespace CloudNative.Kubernetes.Leases;

/// <summary>A state of a Lease object that this process has seen.</summary>
/// <param name="Lease">The object.</param>
/// <param name="Since">When it was first seen like this, on the clock of this process.</param>
internal sealed record LeaseSight(KubernetesLease Lease, long Since)
{
    public bool Shows(KubernetesLease lease) =>
        Lease.Metadata.ResourceVersion == lease.Metadata.ResourceVersion
        && Lease.Metadata.Uid == lease.Metadata.Uid
        && Lease.Spec?.RenewTime == lease.Spec?.RenewTime; // A server from a backup gives versions a second time.
}
