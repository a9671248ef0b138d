namespace CloudNative.Discovery.Tests.Simulation;

/// <summary>
/// What callers see of one bad instance among ten, by numbers, and what they would see without the feature that is to help: a claim
/// that holds without it proves nothing.
/// </summary>
public sealed class TailTests(ITestOutputHelper output)
{
    private const double Detected = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Slow_OneOfTenTenTimesSlower_P99StaysWithinThirtyPercentAndRoundRobinDoesNot(int seed)
    {
        var healthy = await RunAsync(new(Fate.Healthy) { Seed = seed });
        var ours = await RunAsync(new(Fate.Slow) { Seed = seed });
        var turning = await RunAsync(new(Fate.Slow) { Seed = seed, TurnsAfter = 10 });
        var roundRobin = await RunAsync(new(Fate.Slow, "WeightedRoundRobin") { Seed = seed });

        var limit = 1.3 * healthy.Percentile(0.99);
        Assert.InRange(ours.Percentile(0.99), 0, limit);
        Assert.InRange(turning.Percentile(0.99), 0, limit);
        Assert.True(roundRobin.Percentile(0.99) > 10 * healthy.Percentile(0.99), "round robin is to be much worse, or nothing is shown");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task BlackHole_AfterDetection_IsLikeRefusedAndWithoutEjectionItIsNot(int seed)
    {
        var refused = await RunAsync(new(Fate.Refuses) { Seed = seed });
        var hole = await RunAsync(new(Fate.BlackHole) { Seed = seed });
        var turning = await RunAsync(new(Fate.BlackHole) { Seed = seed, TurnsAfter = 2 });
        var without = await RunAsync(new(Fate.BlackHole, "WeightedRoundRobin", Ejection: false) { Seed = seed });

        var limit = 1.1 * refused.Percentile(0.99, Detected);
        Assert.InRange(hole.Percentile(0.99, Detected), 0, limit);
        Assert.InRange(turning.Percentile(0.99, Detected), 0, limit);

        // An instance that nobody knows yet is not free, however many requests wait for its first answer.
        Assert.InRange(hole.Percentile(0.99), 0, 1.3 * refused.Percentile(0.99));
        Assert.Equal((0, 0, 0), (refused.Failed, hole.Failed, turning.Failed));
        Assert.True(without.Percentile(0.99, Detected) > SimulationPlan.ConnectTimeout);
    }

    [Fact]
    public async Task Errors_OneOfTenFailsAtOnce_DoesNotDrawTheTrafficThatItsSpeedPromises()
    {
        var ours = await RunAsync(new(Fate.Errors));
        var without = await RunAsync(new(Fate.Errors, "LeastRequests", Ejection: false));

        Assert.InRange((double)ours.ToTheOddOne / ours.Latencies.Count, 0, 0.005);
        Assert.True(without.ToTheOddOne > 0.1 * without.Latencies.Count, "fewest requests in flight is what fails fastest");
    }

    [Fact]
    public async Task Run_TheSameSeed_GivesTheSameCalls()
    {
        var first = await RunAsync(new(Fate.Slow) { Seconds = 5 });
        var second = await RunAsync(new(Fate.Slow) { Seconds = 5 });

        Assert.Equal(first.Latencies, second.Latencies);
        Assert.NotEqual(first.Latencies, (await RunAsync(new(Fate.Slow) { Seconds = 5, Seed = 1 })).Latencies);
    }

    private async Task<SimulationResult> RunAsync(SimulationPlan plan)
    {
        var result = await new ClusterSimulation(plan).RunAsync();
        output.WriteLine("| | p50, ms | p99, ms | p99.9, ms | attempts on the odd one | failed |");
        var ejection = plan.Ejection ? "" : ", ejection off";
        output.WriteLine(result.Row($"{plan.Fate} after {plan.TurnsAfter:0} s, {plan.Policy}{ejection}, seed {plan.Seed}"));
        if (plan.Seconds > Detected)
        {
            output.WriteLine(result.Row("… after detection", Detected));
        }

        return result;
    }
}
