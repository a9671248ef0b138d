namespace CloudNative.Http.Hedging;

/// <summary>
/// A running estimate of a quantile of latencies: a histogram with buckets that grow by a tenth, from 0.1 ms on, whose counts are halved
/// now and then so that it follows the service. Bounded memory; thread-safe.
/// </summary>
internal sealed class LatencyQuantile
{
    /// <summary>How many calls it takes to say anything.</summary>
    public const int WarmUp = 100;

    private const int Buckets = 160;
    private const int Recompute = 32;
    private const int Most = 4096;
    private const double Growth = 1.1;
    private const double First = 0.0001;

    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[Buckets];
    private int _total;
    private int _recorded;
    private double _quantile;
    private double _seconds = double.NaN;

    /// <summary>Notes how long a call took.</summary>
    public void Record(double seconds)
    {
        lock (_lock)
        {
            _counts[BucketOf(seconds)]++;
            _total++;
            _recorded++;
            if (_total >= Most)
            {
                Halve();
            }

            if (_recorded % Recompute == 0)
            {
                _seconds = double.NaN;
            }
        }
    }

    /// <summary>The latency that this share of the calls does not exceed; none before there were enough of them.</summary>
    public TimeSpan? Find(double quantile)
    {
        lock (_lock)
        {
            if (_recorded < WarmUp)
            {
                return null;
            }

            if (double.IsNaN(_seconds) || quantile != _quantile)
            {
                _quantile = quantile;
                _seconds = Estimate(quantile);
            }

            return TimeSpan.FromSeconds(_seconds);
        }
    }

    private static int BucketOf(double seconds) =>
        seconds <= First ? 0 : Math.Min(Buckets - 1, (int)Math.Ceiling(Math.Log(seconds / First) / Math.Log(Growth)));

    private double Estimate(double quantile)
    {
        var wanted = quantile * _total;
        var seen = 0;
        var bucket = 0;
        for (; bucket < Buckets - 1 && (seen += _counts[bucket]) < wanted; bucket++)
        {
        }

        // The upper end, so that no more than the share lies above it.
        return First * Math.Pow(Growth, bucket);
    }

    private void Halve()
    {
        _total = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            _total += _counts[bucket] /= 2;
        }
    }
}
