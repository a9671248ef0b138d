namespace CloudNative.Sdk.LoadShedding;

/// <summary>The requests that were served in a short time.</summary>
internal struct RateWindow
{
    // Others waited at nearly every end of a request.
    private const double Nearly = 0.8;

    private long _latencies;
    private int _waited;

    /// <summary>The timestamp of the first one's end.</summary>
    public long Begun { get; private set; }

    public int Count { get; private set; }

    public int Peak { get; private set; }

    public readonly double MeanLatency => (double)_latencies / Count;

    public readonly bool IsBinding => _waited >= Nearly * Count;

    public readonly double Rate(long frequency, long now) => (double)(Count - 1) * frequency / Math.Max(1, now - Begun);

    public void Add(long now, long latency, int inFlight, bool isBinding)
    {
        if (Count++ == 0)
        {
            Begun = now;
        }

        _latencies += latency;
        _waited += isBinding ? 1 : 0;
        Peak = Math.Max(Peak, inFlight);
    }
}
