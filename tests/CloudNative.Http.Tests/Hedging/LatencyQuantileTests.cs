using CloudNative.Http.Hedging;

namespace CloudNative.Http.Tests.Hedging;

public sealed class LatencyQuantileTests
{
    private readonly LatencyQuantile _latency = new();

    [Fact]
    public void Find_BeforeWarmUp_SaysNothing()
    {
        Record(LatencyQuantile.WarmUp - 1, 0.010);
        Assert.Null(_latency.Find(0.95));

        Record(1, 0.010);
        Assert.NotNull(_latency.Find(0.95));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Find_ManyLatencies_IsTheirQuantileWithinATenth(double quantile)
    {
        var random = new Random(7);
        var latencies = Enumerable.Range(0, 3000).Select(_ => 0.005 * Math.Exp(random.NextDouble() * 4)).ToArray();
        Array.ForEach(latencies, _latency.Record);

        var exact = latencies.Order().ElementAt((int)(latencies.Length * quantile));

        Assert.InRange(_latency.Find(quantile)!.Value.TotalSeconds, exact * 0.99, exact * 1.11);
    }

    [Fact]
    public void Find_ServiceBecomesSlower_Follows()
    {
        Record(10_000, 0.010);
        Assert.InRange(_latency.Find(0.95)!.Value.TotalSeconds, 0.010, 0.0111);

        Record(10_000, 0.100);

        Assert.InRange(_latency.Find(0.95)!.Value.TotalSeconds, 0.100, 0.111);
        Assert.InRange(_latency.Find(0.5)!.Value.TotalSeconds, 0.100, 0.111);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e9)]
    public void Record_AnyLatency_IsCounted(double seconds)
    {
        Record(LatencyQuantile.WarmUp, seconds);

        Assert.InRange(_latency.Find(0.95)!.Value.TotalSeconds, 0, 500);
    }

    private void Record(int times, double seconds)
    {
        for (var i = 0; i < times; i++)
        {
            _latency.Record(seconds);
        }
    }
}
