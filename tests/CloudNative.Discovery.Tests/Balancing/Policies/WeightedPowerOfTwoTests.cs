using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing.Policies;

public sealed class WeightedPowerOfTwoTests
{
    [Fact]
    public async Task TryPick_EqualLatencies_CallsFollowTheWeights()
    {
        await using var service = await TestService.CreateOfAsync(
            Instances.Of("a") with { Weight = 600 }, Instances.Of("b") with { Weight = 300 }, Instances.Of("c"));

        var shares = service.Shares(balancer: null, 10_000);

        Assert.InRange(shares["a"], 5700, 6300);
        Assert.InRange(shares["b"], 2700, 3300);
        Assert.InRange(shares["c"], 850, 1150);
    }

    [Fact]
    public async Task TryPick_ManyInFlight_QueuesFollowTheWeights()
    {
        await using var service = await TestService.CreateOfAsync(Instances.Of("a") with { Weight = 300 }, Instances.Of("b"));

        for (var call = 0; call < 400; call++)
        {
            service.Endpoints.TryPick(default, out _);
        }

        Assert.InRange(service.State("a").InFlight, 280, 320);
    }

    [Fact]
    public async Task TryPick_TheHeavyOneIsSlow_GetsLessThanItsWeight()
    {
        await using var service = await TestService.CreateOfAsync(Instances.Of("a") with { Weight = 300 }, Instances.Of("b"));
        foreach (var (id, milliseconds) in new[] { ("a", 100), ("b", 1) })
        {
            var pick = service.Take(id);
            service.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            pick.Complete(EndpointOutcome.Success);
        }

        var picked = Enumerable.Range(0, 1000).Count(_ => service.Endpoints.PickAndComplete(EndpointOutcome.Abandoned) == "a");

        // Only where both draws fall on it: 0.75².
        Assert.InRange(picked, 520, 600);
    }
}
