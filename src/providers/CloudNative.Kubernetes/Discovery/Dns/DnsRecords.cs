namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>What the cluster's DNS says of one name.</summary>
/// <param name="Pods">The targets of its SRV records, each with its addresses.</param>
/// <param name="TimeToLive">How long it may be relied on.</param>
internal sealed record DnsRecords(IReadOnlyList<DnsTarget> Pods, TimeSpan TimeToLive)
{
    public static DnsRecords None(TimeSpan timeToLive) => new([], timeToLive);
}
