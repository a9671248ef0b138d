namespace Shop.Web.Goodput;

/// <summary>Counts how the calls of the load end, second by second. Thread-safe.</summary>
internal sealed class GoodputLog(TimeProvider time)
{
    private const int Kept = 60;
    private const int Averaged = 3;
    private const int Measured = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, GoodputSecond> _seconds = [];
    private readonly Queue<(long Second, double Milliseconds)> _latencies = new();

    public void Add(bool good, TimeSpan took)
    {
        lock (_lock)
        {
            var now = Now();
            Forget(now);
            var (goods, faileds) = _seconds.GetValueOrDefault(now);
            _seconds[now] = good ? new GoodputSecond(goods + 1, faileds) : new GoodputSecond(goods, faileds + 1);
            if (good)
            {
                _latencies.Enqueue((now, took.TotalMilliseconds));
            }
        }
    }

    public GoodputSummary Summarise(int asked, int secondsLeft)
    {
        lock (_lock)
        {
            var now = Now();
            Forget(now);
            GoodputSecond[] seconds = [.. Enumerable.Range(1, Kept).Select(back => _seconds.GetValueOrDefault(now - Kept - 1 + back))];
            var last = seconds[^Averaged..];
            var sorted = _latencies.Select(latency => latency.Milliseconds).Order().ToArray();
            return new GoodputSummary(
                asked,
                secondsLeft,
                seconds,
                last.Average(second => second.Good),
                last.Average(second => second.Failed),
                At(sorted, 0.5),
                At(sorted, 0.99));
        }
    }

    private static double? At(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;

    private void Forget(long now)
    {
        foreach (var old in _seconds.Keys.Where(second => second < now - Kept).ToList())
        {
            _seconds.Remove(old);
        }

        while (_latencies.TryPeek(out var oldest) && oldest.Second < now - Measured)
        {
            _latencies.Dequeue();
        }
    }
}
