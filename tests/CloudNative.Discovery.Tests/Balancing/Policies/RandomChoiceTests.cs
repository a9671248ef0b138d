using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing.Policies;

public sealed class RandomChoiceTests
{
    [Fact]
    public async Task TryPick_Weights_SharesFollowThem()
    {
        await using var service = await TestService.CreateOfAsync(
            Instances.Of("a") with { Weight = 7 }, Instances.Of("b") with { Weight = 2 }, Instances.Of("c") with { Weight = 1 });
        var balancer = service.Balancer(new() { Policy = "random" });

        var shares = service.Shares(balancer, 10_000);

        Assert.InRange(shares["a"], 6800, 7200);
        Assert.InRange(shares["b"], 1850, 2150);
        Assert.InRange(shares["c"], 900, 1100);
    }

    [Fact]
    public async Task TryPick_OneIsSlow_GetsItsShareAllTheSame()
    {
        await using var service = await TestService.CreateAsync("a", "slow");
        var slow = service.Take("slow");
        service.Time.Advance(TimeSpan.FromSeconds(1));
        slow.Complete(EndpointOutcome.Success);

        Assert.InRange(service.Shares(service.Balancer(new() { Policy = "Random" }), 1000)["slow"], 450, 550);
    }
}
