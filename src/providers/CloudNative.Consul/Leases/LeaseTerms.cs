using System.Globalization;

namespace CloudNative.Consul.Leases;

/// <summary>
/// What a lease's duration is in Consul's terms
/// (https://developer.hashicorp.com/consul/docs/dynamic-app-config/sessions). The TTL is a lower bound: servers end a
/// session up to twice as late, and never before it.
/// </summary>
internal static class LeaseTerms
{
    public const int LongestName = 200;

    /// <summary>The most that servers keep to.</summary>
    public static readonly TimeSpan LongestLockDelay = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private const int RenewalsPerDuration = 3;

    // The least that servers take.
    private static readonly TimeSpan ShortestTtl = TimeSpan.FromSeconds(10);

    // A session that somebody ended, or whose agent left, is noticed well within the longest lock delay.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPauseAfterFailure = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPauseAfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>At least the duration: Consul gives the lease to nobody before its holder counts it as lost.</summary>
    public static string Ttl(TimeSpan duration) => Text(duration > ShortestTtl ? duration : ShortestTtl);

    /// <summary>
    /// A session may end before its TTL: an agent that leaves takes the sessions of its node along, and an operator
    /// ends any. For as long as the duration nobody else gets the lease then, so that its holder has counted it as
    /// lost.
    /// </summary>
    public static string LockDelay(TimeSpan duration, TimeSpan? chosen) => Text(
        chosen ?? (duration < LongestLockDelay ? duration : LongestLockDelay));

    /// <summary>How long after a renewal the next one is due.</summary>
    public static TimeSpan Pause(TimeSpan duration) =>
        duration / RenewalsPerDuration < LongestPause ? duration / RenewalsPerDuration : LongestPause;

    /// <summary>How long after a renewal that failed the next one is due.</summary>
    public static TimeSpan PauseAfterFailure(TimeSpan duration)
    {
        var pause = duration / (RenewalsPerDuration * RenewalsPerDuration);
        return pause < ShortestPauseAfterFailure ? ShortestPauseAfterFailure
            : pause > LongestPauseAfterFailure ? LongestPauseAfterFailure
            : pause;
    }

    /// <summary>How long one call of a renewal may take: there must be time for another one.</summary>
    public static TimeSpan CallTimeout(TimeSpan duration, TimeSpan longest) =>
        duration / RenewalsPerDuration < longest ? duration / RenewalsPerDuration : longest;

    private static string Text(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMilliseconds}ms");
}
