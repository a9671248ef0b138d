using BenchmarkDotNet.Attributes;
using CloudNative.Discovery;

namespace CloudNative.Benchmarks;

/// <summary>What it costs to choose an endpoint, beside the clock read that every choice needs.</summary>
[MemoryDiagnoser]
public class PickBenchmarks : IDisposable
{
    private PickScenario _scenario = null!;

    /// <summary>Instances of the service.</summary>
    [Params(1, 3, 100, 10_000)]
    public int Instances { get; set; }

    [GlobalSetup]
    public void SetUp() => _scenario = new PickScenario(Instances);

    [GlobalCleanup]
    public void Dispose()
    {
        _scenario.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public long ClockRead() => TimeProvider.System.GetTimestamp();

    [Benchmark]
    public bool Pick() => _scenario.Endpoints.TryPick(new PickRequest(_scenario.Query), out _);

    [Benchmark]
    public void PickAndComplete()
    {
        _scenario.Endpoints.TryPick(new PickRequest(_scenario.Query), out var pick);
        pick.Complete(EndpointOutcome.Success);
    }
}
