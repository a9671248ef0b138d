namespace CloudNative.Consul;

/// <summary>How leases are kept. Section <c>CloudNative:Consul:Leases</c>; read once, at first use.</summary>
public sealed class ConsulLeaseOptions
{
    /// <summary>
    /// Where the leases are in the key-value store: services that name the same place share their leases. Default
    /// <c>cloudnative/leases</c>; name one of its own for each app where several share a Consul.
    /// </summary>
    public string KeyPrefix { get; set; } = "cloudnative/leases";

    /// <summary>
    /// How long nobody gets a lease whose session Consul ended, so that its holder notices first; a lease that is
    /// released is free at once. Default: as long as the lease's duration, at most Consul's limit of 60 s. Less is safe
    /// where all that is guarded checks the fencing token, and gives the lease of a process that died to the next one
    /// sooner; 0 to 60 s.
    /// </summary>
    public TimeSpan? LockDelay { get; set; }
}
