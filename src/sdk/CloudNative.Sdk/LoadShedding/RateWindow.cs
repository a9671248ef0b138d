namespace CloudNative.Sdk.LoadShedding;

/// <summary>The requests that were served in a short time.</summary>
internal struct RateWindow
{
    // Others waited at nearly every end of a request.
    private const double Nearly = 0.8;

    private long _latencies;
    private long _stale;
    private int _fresh;
    private int _waited;

    /// <summary>The timestamp of the first one's end.</summary>
    public long Begun { get; private set; }

    public int Count { get; private set; }

    public int Peak { get; private set; }

    /// <summary>Of those that began under the limit in force, where there are some.</summary>
    public readonly double MeanLatency => _fresh > 0 ? (double)_latencies / _fresh : (double)_stale / Math.Max(1, Count);

    public readonly bool IsBinding => _waited >= Nearly * Count;

    public readonly double Rate(long frequency, long now) => (double)(Count - 1) * frequency / Math.Max(1, now - Begun);

    public void Add(long now, long latency, bool isFresh, int inFlight, bool isBinding)
    {
        if (Count++ == 0)
        {
            Begun = now;
        }

        if (isFresh)
        {
            _latencies += latency;
            _fresh++;
        }
        else
        {
            _stale += latency;
        }

        _waited += isBinding ? 1 : 0;
        Peak = Math.Max(Peak, inFlight);
    }
}
