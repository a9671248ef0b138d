using CloudNative.Configuration;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Discovery.Tests;

public sealed class LoadBalancersTests
{
    [Fact]
    public async Task Get_EqualOptions_GiveTheSameBalancer()
    {
        await using var harness = new DiscoveryHarness();
        var balancers = harness.Services.GetRequiredService<LoadBalancers>();

        Assert.Same(balancers.Get(new() { Policy = "Random" }), balancers.Get(new() { Policy = "RANDOM" }));
        Assert.NotSame(balancers.Get(new() { Policy = "Random" }), balancers.Get(new() { Policy = "Random", KeyHeader = "X" }));
    }

    [Fact]
    public async Task Get_DefaultOptions_AskForWhatAPickDoesAnyway()
    {
        await using var harness = new DiscoveryHarness();

        Assert.Null(harness.Services.GetRequiredService<LoadBalancers>().Get(new LoadBalancingOptions()));
    }

    [Fact]
    public async Task Check_UnknownPolicy_ListsWhatExistsTheApplicationsOwnIncluded()
    {
        await using var harness = new DiscoveryHarness(configure: services =>
            services.AddKeyedSingleton<ILoadBalancingPolicy, LastOne>("my-policy"));
        var problems = new ConfigurationProblems();

        harness.Services.GetRequiredService<LoadBalancers>().Check(
            "CloudNative:Clients:catalog:LoadBalancing", new() { Policy = "RoundRobin" }, problems);

        var problem = Assert.Single(problems.Items);
        Assert.Equal(
            ("CN2005", "CloudNative:Clients:catalog:LoadBalancing:Policy", "RoundRobin"), (problem.Id, problem.Key, problem.Value));
        Assert.Equal("ConsistentHash, LeastRequests, my-policy, PowerOfTwoChoices, Random, WeightedRoundRobin", problem.Allowed);
    }

    [Fact]
    public async Task Check_ValuesOutOfRange_AreAllListed()
    {
        await using var harness = new DiscoveryHarness();
        var problems = new ConfigurationProblems();

        harness.Services.GetRequiredService<LoadBalancers>().Check(
            "X",
            new()
            {
                ZoneOverprovisioning = double.NaN,
                SubsetSize = -1,
                SlowStart = TimeSpan.FromDays(1),
                CanaryPercent = 101,
            },
            problems);

        Assert.All(problems.Items, problem => Assert.Equal("CN2001", problem.Id));
        Assert.Equal(
            ["X:CanaryPercent", "X:SlowStart", "X:SubsetSize", "X:ZoneOverprovisioning"],
            problems.Items.Select(problem => problem.Key).Order());
    }

    [Fact]
    public async Task Get_OptionsThatDifferInOneValue_AreTold()
    {
        await using var harness = new DiscoveryHarness();
        var balancers = harness.Services.GetRequiredService<LoadBalancers>();
        LoadBalancer?[] made =
        [
            .. new LoadBalancingOptions[]
            {
                new(),
                new() { PreferZone = true },
                new() { PreferZone = true, ZoneOverprovisioning = 2 },
                new() { SubsetSize = 3 },
                new() { SlowStart = TimeSpan.FromSeconds(1) },
                new() { CanaryPercent = 5 },
                new() { CanaryPercent = 5, CanaryKey = "x" },
                new() { RequiredMetadata = { ["a"] = "b" } },
                new() { RequiredMetadata = { ["a"] = "c" } },
            }.Select(balancers.Get),
        ];

        Assert.Equal(made.Length, made.Distinct().Count());
        Assert.Same(
            balancers.Get(new() { RequiredMetadata = { ["a"] = "1", ["b"] = "2" } }),
            balancers.Get(new() { RequiredMetadata = { ["b"] = "2", ["a"] = "1" } }));
    }

    [Fact]
    public async Task TryPick_PolicyOfTheApplication_IsPreparedOncePerChangeAndThenAsked()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a", "b"));
        await using var harness = new DiscoveryHarness(configure: services => services
            .AddSource(source)
            .AddKeyedSingleton<ILoadBalancingPolicy, LastOne>("last"));
        var balancer = harness.Services.GetRequiredService<LoadBalancers>().Get(new() { Policy = "last" });
        var catalog = harness.Table.Get("catalog");
        await catalog.WaitForAnswerAsync(TestContext.Current.CancellationToken);

        for (var call = 0; call < 3; call++)
        {
            Assert.True(catalog.TryPick(new PickRequest(default, balancer: balancer), out var pick));
            Assert.Equal("b", pick.State.Instance.Id);
        }

        var policy = (LastOne)harness.Services.GetRequiredKeyedService<ILoadBalancingPolicy>("last");
        Assert.Equal(1, policy.Preparations);
    }

    [Fact]
    public async Task TryPick_SettingsChange_TheStatisticsStay()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        service.Shares(service.Balancer(new() { Policy = "WeightedRoundRobin" }), 10);
        var before = service.State("a").LatencySeconds;

        service.Endpoints.TryPick(new PickRequest(default, balancer: service.Balancer(new() { Policy = "LeastRequests" })), out _);

        Assert.Equal(0.001, before, precision: 6);
        Assert.Equal(before, service.State("a").LatencySeconds);
    }

    [Fact]
    public async Task TryPick_MoreSettingsThanAreKept_StillPicks()
    {
        await using var service = await TestService.CreateAsync("a", "b");

        for (var change = 0; change < 200; change++)
        {
            var balancer = service.Balancer(new() { Policy = "Random", KeyHeader = $"X-{change}" });
            Assert.True(service.Endpoints.TryPick(new PickRequest(default, balancer: balancer), out _));
        }
    }

    private sealed class LastOne : ILoadBalancingPolicy
    {
        public int Preparations { get; private set; }

        public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context) => candidates.Length - 1;

        public ILoadBalancingPolicy Prepare(ReadOnlySpan<EndpointState> candidates, ReadOnlySpan<double> weights)
        {
            Preparations++;
            return this;
        }
    }
}
