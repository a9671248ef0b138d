namespace CloudNative.Leases;

/// <summary>How often a lease is renewed: there is time for several attempts before it is lost.</summary>
internal static class LeasePace
{
    private const int RenewalsPerDuration = 3;

    // A lease that the store lost, or that somebody took by hand, is noticed soon, however long it lasts.
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _shortestPauseAfterFailure = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestPauseAfterFailure = TimeSpan.FromSeconds(5);

    /// <summary>How long after a renewal the next one is due.</summary>
    public static TimeSpan Pause(TimeSpan duration) => Least(duration / RenewalsPerDuration, _longestPause);

    /// <summary>How long after a renewal that failed the next one is due.</summary>
    public static TimeSpan PauseAfterFailure(TimeSpan duration)
    {
        var pause = Least(duration / (RenewalsPerDuration * RenewalsPerDuration), _longestPauseAfterFailure);
        return pause > _shortestPauseAfterFailure ? pause : _shortestPauseAfterFailure;
    }

    /// <summary>How long one call of a renewal may take: there must be time for another one.</summary>
    public static TimeSpan CallTimeout(TimeSpan duration, TimeSpan longest) => Least(duration / RenewalsPerDuration, longest);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
