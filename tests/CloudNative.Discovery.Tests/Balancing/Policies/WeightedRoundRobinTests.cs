using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing.Policies;

public sealed class WeightedRoundRobinTests
{
    [Fact]
    public async Task TryPick_EqualWeights_TakesEachOnceARound()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        var balancer = service.Balancer(new() { Policy = "WeightedRoundRobin" });

        for (var round = 0; round < 10; round++)
        {
            Assert.All(service.Shares(balancer, 3).Values, calls => Assert.Equal(1, calls));
        }
    }

    [Theory]
    [InlineData(500, 100, 100)]
    [InlineData(70, 20, 10)]
    [InlineData(997, 499, 101)]
    public async Task TryPick_Weights_SharesHoldAndNobodyIsCalledInABurst(params int[] weights)
    {
        await using var service = await TestService.CreateOfAsync(
            [.. weights.Select((weight, index) => Instances.Of($"i{index}") with { Weight = weight })]);
        var balancer = service.Balancer(new() { Policy = "WeightedRoundRobin" });
        var turns = Enumerable.Range(0, 4800).Select(_ => service.Shares(balancer, 1).Single(share => share.Value == 1).Key).ToArray();

        Assert.All(weights.Index(), weight => Assert.InRange(
            turns.Count(turn => turn == $"i{weight.Index}") / 4800.0,
            0.95 * weight.Item / weights.Sum() - 0.002,
            1.05 * weight.Item / weights.Sum() + 0.002));

        // Smooth: in any window as long as the average round of the lightest, each has its share, give or take one and a half.
        const int Window = 14;
        for (var start = 0; start + Window <= turns.Length; start++)
        {
            var heaviest = turns.Skip(start).Take(Window).Count(turn => turn == "i0");
            Assert.InRange(heaviest, (double)Window * weights[0] / weights.Sum() - 1.5, (double)Window * weights[0] / weights.Sum() + 1.5);
        }
    }

    [Fact]
    public async Task TryPick_ManyThreads_NoTurnIsTakenTwice()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");
        var balancer = service.Balancer(new() { Policy = "WeightedRoundRobin" });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var call = 0; call < 10_000; call++)
            {
                service.Endpoints.TryPick(new PickRequest(default, balancer: balancer), out _);
            }
        })));

        Assert.All(service.Endpoints.Snapshot.Endpoints, state => Assert.Equal(10_000, state.InFlight));
    }

    [Fact]
    public async Task TryPick_OneTried_DrawsAmongTheOthersByWeight()
    {
        await using var service = await TestService.CreateOfAsync(
            Instances.Of("a"), Instances.Of("b") with { Weight = 300 }, Instances.Of("c"));
        var balancer = service.Balancer(new() { Policy = "WeightedRoundRobin" });
        EndpointState[] tried = [service.State("a")];
        var picked = new Dictionary<string, int> { ["a"] = 0, ["b"] = 0, ["c"] = 0 };

        for (var call = 0; call < 1000; call++)
        {
            Assert.True(service.Endpoints.TryPick(new PickRequest(default, null, tried, null, balancer), out var pick));
            picked[pick.State.Instance.Id]++;
        }

        Assert.Equal(0, picked["a"]);
        Assert.InRange(picked["b"], 700, 800);
    }
}
