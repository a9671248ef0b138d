namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>What the cluster's DNS says of one name.</summary>
/// <param name="Pods">
/// The targets of its SRV records with their addresses; none for a name that does not exist.
/// </param>
/// <param name="TimeToLive">How long it may be relied on.</param>
internal sealed record DnsRecords(IReadOnlyList<DnsTarget> Pods, TimeSpan TimeToLive)
{
    /// <summary>Why there is no answer; then nothing else counts.</summary>
    public DnsFailure? Failure { get; private init; }

    public static DnsRecords None(TimeSpan timeToLive) => new([], timeToLive);

    public static DnsRecords Failed(DnsFailure failure) => new([], TimeSpan.Zero) { Failure = failure };
}
