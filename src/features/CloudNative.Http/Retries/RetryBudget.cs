namespace CloudNative.Http.Retries;

/// <summary>
/// How many retries a (client, service) pair may still spend: a share of the calls of the last ten seconds or the
/// reserve, whichever is larger. Counted in one-second buckets. Outlives handlers and reloads.
/// </summary>
internal sealed class RetryBudget
{
    private const int Seconds = 10;
    private readonly Bucket[] _buckets = new Bucket[Seconds];
    private readonly Lock _lock = new();
    private readonly long _ticksPerSecond;
    private bool _exhausted;

    public RetryBudget(long timestampFrequency)
    {
        _ticksPerSecond = timestampFrequency;
        for (var i = 0; i < Seconds; i++)
        {
            _buckets[i] = new Bucket();
        }
    }

    /// <summary>Counts a call. Lock-free but once a second.</summary>
    public void OnCall(long now)
    {
        var second = now / _ticksPerSecond;
        var bucket = _buckets[second % Seconds];
        if (Volatile.Read(ref bucket.Second) != second)
        {
            Open(bucket, second);
        }

        Interlocked.Increment(ref bucket.Calls);
    }

    /// <summary>Takes one retry from the budget.</summary>
    /// <param name="now">The timestamp.</param>
    /// <param name="ratio">The share of calls.</param>
    /// <param name="reserve">What is allowed anyway.</param>
    /// <param name="changed">
    /// Whether the budget ran out by this very request; said once until a retry is granted again.
    /// </param>
    /// <returns>Whether the retry may go out.</returns>
    public bool TryTake(long now, double ratio, int reserve, out bool changed)
    {
        var second = now / _ticksPerSecond;
        lock (_lock)
        {
            var (calls, retries) = Sum(second);
            var granted = retries < Math.Max(reserve, (int)(calls * ratio));
            if (granted)
            {
                var bucket = _buckets[second % Seconds];
                OpenLocked(bucket, second);
                bucket.Retries++;
            }

            changed = !granted && !_exhausted;
            _exhausted = !granted;
            return granted;
        }
    }

    private (int Calls, int Retries) Sum(long second)
    {
        var (calls, retries) = (0, 0);
        foreach (var bucket in _buckets)
        {
            if (second - Volatile.Read(ref bucket.Second) < Seconds)
            {
                calls += Volatile.Read(ref bucket.Calls);
                retries += bucket.Retries;
            }
        }

        return (calls, retries);
    }

    private void Open(Bucket bucket, long second)
    {
        lock (_lock)
        {
            OpenLocked(bucket, second);
        }
    }

    // A call that counts into a bucket just as it changes hands is lost or counted in the next second; the share can
    // bear that.
    private static void OpenLocked(Bucket bucket, long second)
    {
        if (bucket.Second < second)
        {
            bucket.Calls = 0;
            bucket.Retries = 0;
            Volatile.Write(ref bucket.Second, second);
        }
    }

    private sealed class Bucket
    {
        public long Second = long.MinValue / 2;
        public int Calls;
        public int Retries;
    }
}
