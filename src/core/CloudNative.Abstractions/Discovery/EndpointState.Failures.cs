namespace CloudNative.Discovery;

/// <content>
/// An instance that failed costs more, and most calls go elsewhere; too few come to eject it, or to find out that it is well again. So when
/// nobody has waited for it for a second it costs nothing, which one call follows: while that is under way it is expensive again. What
/// that call finds decides.
/// </content>
public sealed partial class EndpointState
{
    // The second doubles up to 16 with each such call that fails, and with each failure that follows a success within a minute: an
    // instance that fails now and then would else be believed all the time.
    private const int MostDoublings = 4;
    private const int RelapseSeconds = 60;

    private long DistrustTicks => _frequency << Volatile.Read(ref _counters.Doublings);

    // Whether an attempt that began then was the one that finds out, and not the echo of the same trouble.
    private bool IsTrial(long begun) => begun - Volatile.Read(ref _counters.Observed) >= DistrustTicks;

    private void EndFailures(long begun, long now)
    {
        Volatile.Write(ref _counters.ConsecutiveFailures, 0);
        Volatile.Write(ref _counters.FailuresEnded, now);
        if (IsTrial(begun))
        {
            Forgive(now);
        }
    }

    private void CountFailure(long begun, long now)
    {
        var doublings = Volatile.Read(ref _counters.Doublings);
        if (Interlocked.Increment(ref _counters.ConsecutiveFailures) == 1)
        {
            Volatile.Write(ref _counters.LatencyBeforeFailures, Faded(now));
            var isRelapse = now - Volatile.Read(ref _counters.FailuresEnded) < RelapseSeconds * _frequency;
            Volatile.Write(ref _counters.Doublings, isRelapse ? Math.Min(doublings + 1, MostDoublings) : 0);
        }
        else if (IsTrial(begun))
        {
            Volatile.Write(ref _counters.Doublings, Math.Min(doublings + 1, MostDoublings));
        }
    }
}
