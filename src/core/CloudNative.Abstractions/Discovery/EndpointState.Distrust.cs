namespace CloudNative.Discovery;

/// <content>
/// An instance that failed, or suddenly took much longer than before, costs more, and most calls go elsewhere; too few come to eject it, or
/// to find out that it is well again, for what it cost fades in minutes. So when nobody has waited for it for a second it costs nothing,
/// which one call follows: while that is under way it is expensive again. What that call finds decides.
/// </content>
public sealed partial class EndpointState
{
    // The second doubles up to 16 with each such call that finds no better, and with each relapse within a minute: an instance that
    // fails now and then would else be believed all the time.
    private const int MostDoublings = 4;
    private const int RelapseSeconds = 60;

    private bool IsDistrusted => Volatile.Read(ref _counters.IsDistrusted) != 0;

    private long PauseTicks => _frequency << Volatile.Read(ref _counters.Doublings);

    // Whether an attempt that began then was the one that finds out, and not the echo of the same trouble.
    private bool IsTrial(long begun) => begun - Volatile.Read(ref _counters.Observed) >= PauseTicks;

    private bool IsPeak(long latency, long usual) =>
        latency > Math.Max(usual * FailurePenalty, (long)(SmallestPenaltySeconds * _frequency));

    private void Distrust(long begun, long now, long usual)
    {
        var doublings = Volatile.Read(ref _counters.Doublings);
        if (!IsDistrusted)
        {
            var isRelapse = now - Volatile.Read(ref _counters.DistrustEnded) < RelapseSeconds * _frequency;
            Volatile.Write(ref _counters.Doublings, isRelapse ? Math.Min(doublings + 1, MostDoublings) : 0);
            Volatile.Write(ref _counters.LatencyBefore, usual);
            Volatile.Write(ref _counters.IsDistrusted, 1);
        }
        else if (IsTrial(begun))
        {
            Volatile.Write(ref _counters.Doublings, Math.Min(doublings + 1, MostDoublings));
        }
    }

    private void JudgeSuccess(long begun, long now)
    {
        var latency = now - begun;
        if (!IsDistrusted)
        {
            var usual = Volatile.Read(ref _counters.Latency);
            if (IsObserved && IsPeak(latency, usual))
            {
                Distrust(begun, now, usual);
            }

            return;
        }

        var before = Volatile.Read(ref _counters.LatencyBefore);
        if (IsPeak(latency, before))
        {
            Distrust(begun, now, before);
        }
        else if (IsTrial(begun))
        {
            Forgive(now);
        }
        else if (Volatile.Read(ref _counters.Latency) <= 2 * before)
        {
            EndDistrust(now); // It was called all the time, and the average has recovered by itself.
        }
    }

    private void EndDistrust(long now)
    {
        Volatile.Write(ref _counters.IsDistrusted, 0);
        Volatile.Write(ref _counters.DistrustEnded, now);
    }
}
