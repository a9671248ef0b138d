namespace CloudNative.Kubernetes.Leases;

/// <summary>
/// Says when a lease has lapsed. The times in a Lease object are of its holder's clock, so that they are compared with
/// nothing: what counts is how long ago this process first saw the object as it is, on its own monotonic clock. It was
/// written before it was seen, and its holder counts from before it wrote. Thread-safe.
/// </summary>
internal sealed class LeaseObserver(TimeProvider time)
{
    // Clocks of two machines do not run equally fast.
    private const double Drift = 1.01;

    // Of what somebody wrote who names no duration.
    private static readonly TimeSpan LongestDuration = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LeaseSights> _seen = new(StringComparer.Ordinal);

    /// <summary>Takes note of an object, wherever it was read.</summary>
    public void See(KubernetesLease lease)
    {
        lock (_lock)
        {
            if (!_seen.TryGetValue(lease.Name.Name, out var sights))
            {
                _seen.Add(lease.Name.Name, sights = new LeaseSights());
            }

            sights.Add(lease, time.GetTimestamp());
        }
    }

    /// <summary>Whether the object, in this very state, is held by somebody who may still be there.</summary>
    public bool IsHeld(KubernetesLease lease)
    {
        lock (_lock)
        {
            return _seen.GetValueOrDefault(lease.Name.Name)?.Find(lease) is { } sight
                ? IsHeld(sight)
                : LeaseMarks.HolderOf(lease) is not null;
        }
    }

    /// <summary>
    /// Whether an object that is gone was held, when it was seen last, by somebody who may not have noticed.
    /// </summary>
    public bool WasHeld(string name)
    {
        lock (_lock)
        {
            return _seen.GetValueOrDefault(name) is { } sights && sights.Any(IsHeld);
        }
    }

    /// <summary>A token that is larger than all that were seen.</summary>
    public long NextToken(KubernetesLease lease)
    {
        lock (_lock)
        {
            return Math.Max(LeaseMarks.TokenOf(lease), _seen.GetValueOrDefault(lease.Name.Name)?.Token ?? 0) + 1;
        }
    }

    /// <summary>Whether the object was seen in this state.</summary>
    public bool HasSeen(KubernetesLease lease)
    {
        lock (_lock)
        {
            return _seen.GetValueOrDefault(lease.Name.Name)?.Find(lease) is not null;
        }
    }

    private static TimeSpan DurationOf(KubernetesLease lease) =>
        lease.Spec?.LeaseDurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : LongestDuration;

    private bool IsHeld(LeaseSight sight) =>
        LeaseMarks.HolderOf(sight.Lease) is not null
        && time.GetElapsedTime(sight.Since) <= DurationOf(sight.Lease) * Drift;
}
