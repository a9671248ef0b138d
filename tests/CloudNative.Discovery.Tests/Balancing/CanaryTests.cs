using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing;

public sealed class CanaryTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(0)]
    public async Task TryPick_CanaryPercent_IsTheirShareHoweverMany(double percent)
    {
        await using var service = await CreateAsync();

        var shares = service.Shares(service.Balancer(new() { CanaryPercent = percent }), 10_000);

        Assert.InRange(shares["new"] / 100.0, percent - 1.5, percent + 1.5);
        Assert.InRange(shares["a"] / 100.0, (100 - percent) / 3 - 2, (100 - percent) / 3 + 2);
    }

    [Fact]
    public async Task TryPick_NoPercent_ACanaryIsAnInstanceAsAllOthers()
    {
        await using var service = await CreateAsync();

        Assert.InRange(service.Shares(balancer: null, 4000)["new"], 900, 1100);
    }

    [Fact]
    public async Task TryPick_TheCanaryIsEjected_TheOthersTakeItsShare()
    {
        await using var service = await CreateAsync();
        service.Fail("new", EndpointOutcome.Failure, times: 3);

        Assert.Equal(0, service.Shares(service.Balancer(new() { CanaryPercent = 50 }), 200)["new"]);
    }

    [Fact]
    public async Task TryPick_NobodyButCanaries_TheyTakeAll()
    {
        await using var service = await CreateAsync();
        await service.SayAsync(EndpointUpdate.Answer([Canary("new")]));

        Assert.Equal(200, service.Shares(service.Balancer(new() { CanaryPercent = 5 }), 200)["new"]);
    }

    [Fact]
    public async Task TryPick_CallsWithAKey_AreDividedByTheKey()
    {
        await using var service = await CreateAsync();
        var balancer = service.Balancer(new() { CanaryPercent = 20 });

        var onCanary = Enumerable.Range(0, 1000).Count(user =>
        {
            var shares = service.Shares(balancer, 5, $"user-{user}");
            Assert.Contains(shares["new"], new[] { 0, 5 });
            return shares["new"] == 5;
        });

        Assert.InRange(onCanary, 160, 240);
    }

    [Fact]
    public async Task TryPick_OtherKeyAndValue_TellTheCanary()
    {
        await using var service = await CreateAsync();
        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("a"), Instances.Of("b") with { Version = "2.0" }]));

        var balancer = service.Balancer(new() { CanaryPercent = 10, CanaryKey = "version", CanaryValue = "2.0" });

        Assert.InRange(service.Shares(balancer, 10_000)["b"], 900, 1100);
    }

    [Fact]
    public async Task TryPick_RequiredMetadata_OnlyInstancesThatHaveItAllAreCalled()
    {
        await using var service = await CreateAsync();
        await service.SayAsync(EndpointUpdate.Answer(
        [
            Instances.Of("a"),
            Instances.Of("b") with { Version = "2" },
            Instances.Of("c") with { Version = "2", Metadata = new Dictionary<string, string> { ["Tier"] = "Gold" } },
        ]));

        Assert.Equal(["b", "c"], Called(new() { RequiredMetadata = { ["version"] = "2" } }));
        Assert.Equal(["c"], Called(new() { RequiredMetadata = { ["version"] = "2", ["tier"] = "gold" } }));
        Assert.False(service.Endpoints.TryPick(
            new PickRequest(default, balancer: service.Balancer(new() { RequiredMetadata = { ["version"] = "3" } })), out _));

        string[] Called(LoadBalancingOptions options) =>
            [.. service.Shares(service.Balancer(options), 100).Where(share => share.Value > 0).Select(share => share.Key)];
    }

    [Fact]
    public async Task TryPick_RequiredMetadata_HoldsForARetryThatHasTriedThemAll()
    {
        await using var service = await CreateAsync();
        var balancer = service.Balancer(new() { RequiredMetadata = { ["canary"] = "true" } });
        EndpointState[] tried = [service.State("new")];

        Assert.False(service.Endpoints.TryPick(new PickRequest(default, null, tried, null, balancer), out _));
    }

    private static Task<TestService> CreateAsync() =>
        TestService.CreateOfAsync(Instances.Of("a"), Instances.Of("b"), Instances.Of("c"), Canary("new"));

    private static ServiceInstance Canary(string id) =>
        Instances.Of(id) with { Metadata = new Dictionary<string, string> { ["canary"] = "true" } };
}
