using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing.Policies;

public sealed class LeastRequestsTests
{
    [Fact]
    public async Task TryPick_ManyInFlight_AllHaveTheSame()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d", "e");
        var balancer = service.Balancer(new() { Policy = "LeastRequests" });

        for (var call = 0; call < 100; call++)
        {
            service.Endpoints.TryPick(new PickRequest(default, balancer: balancer), out _);
        }

        Assert.All(service.Endpoints.Snapshot.Endpoints, state => Assert.Equal(20, state.InFlight));
    }

    [Fact]
    public async Task TryPick_Weights_ARequestCountsByTheWeightOfItsInstance()
    {
        await using var service = await TestService.CreateOfAsync(Instances.Of("a") with { Weight = 300 }, Instances.Of("b"));
        var balancer = service.Balancer(new() { Policy = "LeastRequests" });

        for (var call = 0; call < 100; call++)
        {
            service.Endpoints.TryPick(new PickRequest(default, balancer: balancer), out _);
        }

        Assert.Equal(75, service.State("a").InFlight);
    }

    [Fact]
    public async Task TryPick_AllIdle_DoesNotAlwaysTakeTheFirst()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        var balancer = service.Balancer(new() { Policy = "LeastRequests" });

        Assert.All(service.Shares(balancer, 900).Values, calls => Assert.InRange(calls, 250, 350));
    }
}
