namespace CloudNative.Discovery.Balancing;

/// <summary>
/// Comparison: once an interval each instance is measured against the others, and left out when it does much worse.
/// There is no timer: the first call that ends after the interval makes the comparison.
/// </summary>
internal sealed partial class Roster
{
    private long _nextComparison = long.MinValue;

    /// <summary>Compares the instances when it is time.</summary>
    public void CompareWhenDue(long now)
    {
        var due = Volatile.Read(ref _nextComparison);
        if (now >= due && Interlocked.CompareExchange(ref _nextComparison, now + Ticks(Ejection.Interval), due) == due)
        {
            Compare(now, isFirst: due == long.MinValue);
        }
    }

    private void Compare(long now, bool isFirst)
    {
        var ejection = Ejection;
        lock (_lock)
        {
            // What the ejected ones did is taken too, so that it does not count against them when they are back.
            var observations = _members.Select(member => member.Window.Take(member)).ToArray();
            if (isFirst || !ejection.Enabled)
            {
                return;
            }

            var serving = observations.Where(observation => !observation.Member.IsEjected);
            foreach (var outlier in Outliers.Find(serving, ejection, time.TimestampFrequency))
            {
                // One too many would make all of them be used again.
                if (IsRoomFor(outlier.Member, ejection))
                {
                    Eject(outlier, ejection, now);
                }
            }
        }
    }

    private bool IsRoomFor(Member member, EjectionOptions ejection)
    {
        var siblings = _members.Where(other => other.State.Instance.Priority == member.State.Instance.Priority).ToArray();
        var failing = siblings.Count(other => other.IsEjected && !other.IsUnreachable);
        var left = siblings.Count(other => !other.IsEjected);
        return left > 1 && failing < Math.Max(1, siblings.Length * ejection.MaxPercent / 100);
    }

    private void Eject(Outlier outlier, EjectionOptions ejection, long now)
    {
        var duration = Eject(outlier.Member, ejection, outlier.Cause, now);
        outlier.Member.LatencyLimit = outlier.LatencyLimit;
        LogOutlier(service, outlier.Member.State.Instance.Id, Address(outlier.Member), duration.TotalSeconds, outlier.Finding);
    }
}
