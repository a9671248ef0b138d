using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing.Policies;

public sealed class ConsistentHashTests
{
    private const int Keys = 10_000;

    private static readonly LoadBalancingOptions Options = new() { Policy = "ConsistentHash" };

    [Fact]
    public async Task TryPick_SameKey_SameInstanceInEveryProcess()
    {
        string[] ids = [.. Enumerable.Range(0, 10).Select(index => $"i{index}")];
        await using var one = await TestService.CreateAsync(ids);
        await using var other = await TestService.CreateAsync([.. ids.Reverse()]);

        Assert.Equal(Homes(one), Homes(other));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(50)]
    public async Task TryPick_OneOfManyLeaves_OnlyItsKeysMoveAndToAllTheOthers(int instances)
    {
        string[] ids = [.. Enumerable.Range(0, instances).Select(index => $"i{index}")];
        await using var service = await TestService.CreateAsync(ids);
        var before = Homes(service);

        await service.SayAsync(Instances.Answer(ids[1..]));
        var after = Homes(service);

        var moved = before.Keys.Where(key => before[key] != after[key]).ToArray();
        Assert.All(moved, key => Assert.Equal("i0", before[key]));
        Assert.InRange(moved.Length, 0.8 * Keys / instances, 1.2 * Keys / instances);
        Assert.All(moved.CountBy(key => after[key]), taken => Assert.InRange(taken.Value, 1, 4.0 * moved.Length / (instances - 1)));
    }

    [Fact]
    public async Task TryPick_Weights_KeysFollowThem()
    {
        await using var service = await TestService.CreateOfAsync(
            Instances.Of("a") with { Weight = 300 }, Instances.Of("b"), Instances.Of("c"));

        var homes = Homes(service);

        Assert.InRange(homes.Values.Count(home => home == "a"), 0.57 * Keys, 0.63 * Keys);
        Assert.InRange(homes.Values.Count(home => home == "b"), 0.18 * Keys, 0.22 * Keys);
    }

    [Fact]
    public async Task TryPick_TheHomeWasTried_GoesWhereTheKeyLivesWithoutIt()
    {
        string[] ids = ["a", "b", "c", "d"];
        await using var service = await TestService.CreateAsync(ids);
        var balancer = service.Balancer(Options);
        var home = Home(service, balancer, "tenant");
        Assert.True(service.Endpoints.TryPick(new PickRequest(default, null, [service.State(home)], "tenant", balancer), out var second));
        second.Complete(EndpointOutcome.Abandoned);

        await service.SayAsync(Instances.Answer(ids.Except([home])));

        Assert.Equal(Home(service, balancer, "tenant"), second.State.Instance.Id);
    }

    [Fact]
    public async Task TryPick_OneHotKey_SpillsOverWhenItsInstanceHasMuchMoreThanItsShare()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");
        var balancer = service.Balancer(Options);

        for (var call = 0; call < 400; call++)
        {
            service.Endpoints.TryPick(new PickRequest(default, key: "hot", balancer: balancer), out _);
        }

        Assert.All(service.Endpoints.Snapshot.Endpoints, state => Assert.InRange(state.InFlight, 0, 126));
    }

    [Fact]
    public async Task TryPick_LittleTraffic_AKeyStaysWhereItIs()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");
        var balancer = service.Balancer(Options);

        for (var call = 0; call < 8; call++)
        {
            service.Endpoints.TryPick(new PickRequest(default, key: "only", balancer: balancer), out _);
        }

        Assert.Contains(service.Endpoints.Snapshot.Endpoints, state => state.InFlight == 8);
    }

    [Fact]
    public async Task TryPick_NoKey_BalancesByLoad()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");
        var balancer = service.Balancer(Options);

        for (var call = 0; call < 400; call++)
        {
            service.Endpoints.TryPick(new PickRequest(default, balancer: balancer), out _);
        }

        Assert.All(service.Endpoints.Snapshot.Endpoints, state => Assert.InRange(state.InFlight, 80, 120));
    }

    private static Dictionary<int, string> Homes(TestService service)
    {
        var balancer = service.Balancer(Options);
        return Enumerable.Range(0, Keys).ToDictionary(key => key, key => Home(service, balancer, $"key-{key}"));
    }

    private static string Home(TestService service, LoadBalancer? balancer, string key)
    {
        Assert.True(service.Endpoints.TryPick(new PickRequest(default, key: key, balancer: balancer), out var pick));
        pick.Complete(EndpointOutcome.Abandoned);
        return pick.State.Instance.Id;
    }
}
