using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing;

/// <summary>The own zone serves while its healthy share, times the overprovisioning, covers the calls; the rest spills over.</summary>
public sealed class ZoneTests
{
    private static readonly string[] Local = ["a1", "a2", "a3", "a4"];

    private static readonly LoadBalancingOptions Prefer = new() { PreferZone = true };

    [Fact]
    public async Task TryPick_OwnZoneHealthy_NothingLeavesIt()
    {
        await using var service = await CreateAsync("a");

        Assert.Equal(1, LocalShare(service, Prefer));
        Assert.InRange(LocalShare(service, new()), 0.45, 0.55);
    }

    [Theory]
    [InlineData(1, 1.4, 1)] // 75 % × 1.4
    [InlineData(2, 1.4, 0.7)]
    [InlineData(3, 1.4, 0.35)]
    [InlineData(4, 1.4, 0)]
    [InlineData(1, 1, 0.75)]
    [InlineData(2, 2, 1)]
    public async Task TryPick_SomeOfTheOwnZoneEjected_WhatItCannotCarrySpillsOver(int dead, double overprovisioning, double expected)
    {
        await using var service = await CreateAsync("a");
        foreach (var id in Local.Take(dead))
        {
            service.Fail(id, EndpointOutcome.ConnectFailure, times: 3);
        }

        var share = LocalShare(service, new() { PreferZone = true, ZoneOverprovisioning = overprovisioning });

        Assert.InRange(share, expected - 0.03, expected + 0.03);
    }

    [Fact]
    public async Task TryPick_OwnZoneComesBack_CallsComeBack()
    {
        await using var service = await CreateAsync("a");
        foreach (var id in Local)
        {
            service.Fail(id, EndpointOutcome.ConnectFailure, times: 3);
        }

        Assert.Equal(0, LocalShare(service, Prefer));
        service.Time.Advance(TimeSpan.FromSeconds(2));
        service.Shares(service.Balancer(Prefer), 20);

        Assert.Equal(1, LocalShare(service, Prefer));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("c")]
    public async Task TryPick_NobodyInTheOwnZone_AllZonesServe(string? zone)
    {
        await using var service = await CreateAsync(zone);

        Assert.InRange(LocalShare(service, Prefer), 0.45, 0.55);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("c", 0)]
    public async Task Get_PreferZoneInAProcessWithoutZone_WarnsOnce(string? zone, int warnings)
    {
        await using var service = await CreateAsync(zone);

        _ = service.Balancer(Prefer);
        _ = service.Balancer(Prefer);
        _ = service.Balancer(new());

        Assert.Equal(warnings, service.Lines.Count(line => line.Contains("CloudNative:Service:Zone", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TryPick_SpillOver_WorksForEveryPolicyAndKeysStayOnTheirSide()
    {
        await using var service = await CreateAsync("a");
        service.Fail("a1", EndpointOutcome.ConnectFailure, times: 3);
        service.Fail("a2", EndpointOutcome.ConnectFailure, times: 3);

        foreach (var policy in new[] { "WeightedRoundRobin", "LeastRequests", "Random", "ConsistentHash" })
        {
            Assert.InRange(LocalShare(service, new() { Policy = policy, PreferZone = true }), 0.67, 0.73);
        }

        var hashing = service.Balancer(new() { Policy = "ConsistentHash", PreferZone = true });
        var homes = Enumerable.Range(0, 2000).Select(key => service.Drawn(hashing, 2, $"key-{key}").Single(share => share.Value == 2).Key);
        Assert.InRange(homes.Count(home => home.StartsWith('a')) / 2000.0, 0.66, 0.74);
    }

    [Fact]
    public async Task TryPick_EveryLocalInstanceTried_GoesToAnotherZone()
    {
        await using var service = await CreateAsync("a");
        EndpointState[] tried = [.. Local.Select(service.State)];

        Assert.True(service.Endpoints.TryPick(new PickRequest(default, null, tried, null, service.Balancer(Prefer)), out var pick));

        Assert.StartsWith("b", pick.State.Instance.Id, StringComparison.Ordinal);
    }

    private static async Task<TestService> CreateAsync(string? zone)
    {
        var service = await TestService.CreateWithAsync(new() { ["CloudNative:Service:Zone"] = zone }, "first");
        await service.SayAsync(EndpointUpdate.Answer(
            [.. Local.Concat(["b1", "b2", "b3", "b4"]).Select(id => Instances.Of(id) with { Zone = id[..1].ToUpperInvariant() })]));
        return service;
    }

    private static double LocalShare(TestService service, LoadBalancingOptions options)
    {
        const int Calls = 10_000;
        var drawn = service.Drawn(service.Balancer(options), Calls);
        return (double)Local.Sum(id => drawn[id]) / Calls;
    }
}
