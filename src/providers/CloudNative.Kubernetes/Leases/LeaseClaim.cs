namespace CloudNative.Kubernetes.Leases;

/// <summary>What a process has in hand when it takes or holds a lease; used by one call at a time.</summary>
/// <param name="lease">The object as it was read last.</param>
/// <param name="name">The lease's name as the service gave it.</param>
/// <param name="holder">Who takes it, another one each time.</param>
/// <param name="duration">How long it outlives its last renewal.</param>
internal sealed class LeaseClaim(KubernetesLease lease, string name, string holder, TimeSpan duration)
{
    public string Name => name;

    public string Holder => holder;

    public TimeSpan Duration => duration;

    /// <summary>The object as it was read last; the next write fails when somebody has changed it since.</summary>
    public KubernetesLease Lease { get; set; } = lease;

    public bool IsHolder(KubernetesLease lease) => LeaseMarks.HolderOf(lease) == holder;
}
