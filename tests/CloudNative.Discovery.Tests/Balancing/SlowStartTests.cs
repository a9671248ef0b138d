using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing;

public sealed class SlowStartTests
{
    private static readonly LoadBalancingOptions Options = new() { SlowStart = TimeSpan.FromSeconds(100) };

    [Theory]
    [InlineData("PowerOfTwoChoices")]
    [InlineData("WeightedRoundRobin")]
    [InlineData("Random")]
    public async Task TryPick_NewInstance_TakesATenthOfItsShareAndRampsUp(string policy)
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        await service.SayAsync(Instances.Answer("a", "b", "c", "new"));
        var options = new LoadBalancingOptions { Policy = policy, SlowStart = Options.SlowStart };

        // 0.1 of 3.1, 0.6 of 3.6, 1 of 4.
        foreach (var (after, expected) in new[] { (0, 0.032), (55, 0.167), (101, 0.25) })
        {
            service.Time.Advance(TimeSpan.FromSeconds(after > 0 ? after - Elapsed(service) : 0));
            Assert.InRange(Share(service, options, "new"), expected - 0.03, expected + 0.03);
        }
    }

    [Fact]
    public async Task TryPick_WithoutSlowStart_ANewInstanceTakesItsShareAtOnce()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        await service.SayAsync(Instances.Answer("a", "b", "c", "new"));

        Assert.InRange(Share(service, new() { Policy = "Random" }, "new"), 0.22, 0.28);
    }

    [Fact]
    public async Task TryPick_ReinstatedInstance_RampsUpAgain()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.Fail("c", EndpointOutcome.ConnectFailure, times: 3);
        service.Time.Advance(TimeSpan.FromSeconds(2));
        service.Endpoints.TryPick(default, out var trial);
        trial.Complete(EndpointOutcome.Success);

        Assert.InRange(Share(service, Options, "c"), 0.02, 0.08);
        service.Time.Advance(Options.SlowStart);
        Assert.InRange(Share(service, Options, "c"), 0.3, 0.37);
    }

    [Fact]
    public async Task TryPick_InstancesOfTheFirstAnswer_AreNotNew()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("a"), Instances.Of("b") with { Version = "2" }]));

        Assert.InRange(Share(service, Options, "a"), 0.45, 0.55);
    }

    [Fact]
    public async Task TryPick_RampIsOver_ThePickIsTheSimpleOneAgain()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        await service.SayAsync(Instances.Answer("a", "b", "new"));
        Share(service, Options, "new");
        service.Time.Advance(TimeSpan.FromSeconds(101));

        service.Endpoints.TryPick(new PickRequest(default, balancer: service.Balancer(Options)), out _);

        Assert.Equal(long.MaxValue, service.Endpoints.Roster.Selections.Single(one => one.Balancer is not null).SimpleUntil);
    }

    private static double Elapsed(TestService service) => (service.Time.GetUtcNow() - service.Time.Start).TotalSeconds;

    private static double Share(TestService service, LoadBalancingOptions options, string id)
    {
        const int Calls = 10_000;
        return (double)service.Drawn(service.Balancer(options), Calls)[id] / Calls;
    }
}
