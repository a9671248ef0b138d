using System.Globalization;

namespace CloudNative.Consul.Leases;

/// <summary>
/// What a lease's duration is in Consul's terms
/// (https://developer.hashicorp.com/consul/docs/dynamic-app-config/sessions). The TTL is a lower bound: servers end a
/// session up to twice as late, and never before it.
/// </summary>
internal static class LeaseTerms
{
    /// <summary>The most that servers keep to.</summary>
    public static readonly TimeSpan LongestLockDelay = TimeSpan.FromSeconds(60);

    // The least that servers take.
    private static readonly TimeSpan ShortestTtl = TimeSpan.FromSeconds(10);

    /// <summary>At least the duration: Consul gives the lease to nobody before its holder counts it as lost.</summary>
    public static string Ttl(TimeSpan duration) => Text(duration > ShortestTtl ? duration : ShortestTtl);

    /// <summary>
    /// A session may end before its TTL: an agent that leaves takes the sessions of its node along, and an operator
    /// ends any. For as long as the duration nobody else gets the lease then, so that its holder has counted it as
    /// lost.
    /// </summary>
    public static string LockDelay(TimeSpan duration, TimeSpan? chosen) => Text(
        chosen ?? (duration < LongestLockDelay ? duration : LongestLockDelay));

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");
}
