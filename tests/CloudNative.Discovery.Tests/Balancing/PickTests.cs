using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing;

public sealed class PickTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task TryPick_AndComplete_AllocateNothing(int instances)
    {
        await using var service = await TestService.CreateAsync([.. Enumerable.Range(0, instances).Select(index => $"i{index}")]);
        var query = new EndpointQuery(EndpointSchemes.HttpsThenHttp, null);
        PickAndComplete(service.Endpoints, query, 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        PickAndComplete(service.Endpoints, query, 1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task TryPick_OneIsBusyAndSlow_TheOthersGetMost()
    {
        await using var service = await TestService.CreateAsync("a", "b", "slow");
        var slow = service.Take("slow");
        service.Time.Advance(TimeSpan.FromSeconds(1));
        slow.Complete(EndpointOutcome.Success);

        var picked = Enumerable.Range(0, 300).Select(_ => service.Endpoints.PickAndComplete()).ToArray();

        Assert.DoesNotContain("slow", picked);
        service.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Contains("slow", service.Picked(300));
    }

    [Fact]
    public async Task TryPick_OneHasNeverAnswered_DoesNotFillUp()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        for (var call = 0; call < 300; call++)
        {
            service.Endpoints.TryPick(default, out var pick);
            service.Time.Advance(TimeSpan.FromMilliseconds(1));
            if (pick.State.Instance.Id != "c")
            {
                pick.Complete(EndpointOutcome.Success);
            }
        }

        Assert.InRange(service.State("c").InFlight, 1, 10);
    }

    [Fact]
    public async Task TryPick_AnInstanceIsNew_IsTakenToBeLikeTheOthersUntilItHasAnswered()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        service.Shares(balancer: null, 20);
        await service.SayAsync(Instances.Answer("a", "b", "new"));

        for (var call = 0; call < 300; call++)
        {
            service.Endpoints.TryPick(default, out _);
        }

        Assert.InRange(service.State("new").InFlight, 50, 200);
        Assert.False(service.State("new").IsObserved);
        var pick = service.Take("new");
        service.Time.Advance(TimeSpan.FromMilliseconds(0.1));
        pick.Complete(EndpointOutcome.Success);
        Assert.Equal(0.0001, service.State("new").LatencySeconds, precision: 6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task TryPick_OneSwallowsEverything_FewOfManyCallersGetStuckThere(int swallowsAfter)
    {
        const int callers = 100, milliseconds = 3000;
        await using var service = await TestService.CreateAsync("a", "b", "silent");
        var waiting = new PriorityQueue<EndpointPick, int>();
        for (var now = 0; now < milliseconds; now++)
        {
            while (waiting.TryPeek(out var pick, out var due) && due <= now)
            {
                waiting.Dequeue();
                pick.Complete(EndpointOutcome.Success);
            }

            while (service.Endpoints.Snapshot.Endpoints.Sum(state => state.InFlight) < callers)
            {
                Assert.True(service.Endpoints.TryPick(default, out var pick));
                var swallows = now >= swallowsAfter && pick.State == service.State("silent");
                waiting.Enqueue(pick, swallows ? int.MaxValue : now + 5 + (waiting.Count % 7));
            }

            service.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // All that are there when nothing is known yet, or that are under way when it begins; hardly any after that.
        Assert.InRange(service.State("silent").InFlight, 1, swallowsAfter == 0 ? 55 : 45);
    }

    [Fact]
    public async Task TryPick_ManyInFlight_SpreadsThem()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");

        for (var call = 0; call < 400; call++)
        {
            service.Endpoints.TryPick(default, out _);
        }

        Assert.All(service.Endpoints.Snapshot.Endpoints, state => Assert.InRange(state.InFlight, 80, 120));
    }

    [Fact]
    public async Task TryPick_AllButOneTried_GivesThatOneAndThenNone()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        var states = service.Endpoints.Snapshot.Endpoints.ToArray();

        Assert.True(service.Endpoints.TryPick(new PickRequest(default, tried: states.AsSpan(0, 2)), out var pick));
        Assert.Equal("c", pick.State.Instance.Id);
        Assert.False(service.Endpoints.TryPick(new PickRequest(default, tried: states), out _));
    }

    [Fact]
    public async Task TryPick_HealthyOnesTried_OffersTheEjectedOneRatherThanNone()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        service.Fail("b", EndpointOutcome.Failure, times: 3);

        Assert.True(service.Endpoints.TryPick(new PickRequest(default, tried: [service.State("a")]), out var pick));

        Assert.Equal("b", pick.State.Instance.Id);
    }

    [Fact]
    public async Task TryPick_OwnPolicy_SeesOnlyHealthyUntriedCandidates()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);
        var policy = new LastByName();

        Assert.True(service.Endpoints.TryPick(
            new PickRequest(default, policy, [service.State("d")], "tenant-7"), out var pick));

        Assert.Equal("c", pick.State.Instance.Id);
        Assert.Equal(["a", "c"], policy.Candidates);
        Assert.Equal("tenant-7", policy.Key);
    }

    [Fact]
    public async Task TryPick_WeightZero_TakesNothingWhileASiblingHasMore()
    {
        await using var service = await TestService.CreateAsync("a", "b");

        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("a") with { Weight = 0 }, Instances.Of("b")]));
        Assert.Equal(["b"], service.Picked(100));
        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("a") with { Weight = 0 }]));

        Assert.Equal(["a"], service.Picked(10));
    }

    [Fact]
    public async Task TryPick_Priorities_TheHigherNumberServesOnlyWhenNoLowerOneIsLeft()
    {
        await using var service = await TestService.CreateAsync("a");
        await service.SayAsync(EndpointUpdate.Answer(
            [Instances.Of("a"), Instances.Of("b"), Instances.Of("backup") with { Priority = 1 }]));
        Assert.Equal(["a", "b"], service.Picked(200));

        service.Fail("a", EndpointOutcome.ConnectFailure, times: 3);
        Assert.Equal(["b"], service.Picked(100));
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);

        Assert.Equal(["backup"], service.Picked(100));
    }

    [Fact]
    public async Task TryPick_HttpsPreferred_IsDecidedPerInstance()
    {
        await using var service = await TestService.CreateAsync("a");
        var both = Instances.Of("a") with { Endpoints = [new("http", "a", 80), new("https", "a", 443)] };
        await service.SayAsync(EndpointUpdate.Answer([both, Instances.Of("b")]));
        var query = new EndpointQuery(EndpointSchemes.HttpsThenHttp, null);

        var seen = Enumerable.Range(0, 200).Select(_ =>
        {
            service.Endpoints.TryPick(new PickRequest(query), out var pick);
            pick.Complete(EndpointOutcome.Success);
            return $"{pick.Endpoint.Scheme} {pick.Endpoint.Host}";
        }).Distinct().Order();

        Assert.Equal(["http b", "https a"], seen);
    }

    [Fact]
    public async Task Replace_InstanceLeavesAndComesBack_KeepsItsStatistics()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        var state = service.State("b");
        service.Fail("b", EndpointOutcome.Failure, times: 2);

        await service.SayAsync(Instances.Answer("a"));
        await service.SayAsync(Instances.Answer("a", "b"));

        Assert.Same(state, service.State("b"));
        Assert.Equal(2, service.State("b").ConsecutiveFailures);
    }

    [Fact]
    public async Task TryPick_FailsFast_DoesNotLookCheap()
    {
        await using var service = await TestService.CreateWithAsync(
            new() { ["CloudNative:Discovery:Ejection:Enabled"] = "false" }, "good", "broken");
        var calls = new Dictionary<string, int> { ["good"] = 0, ["broken"] = 0 };

        for (var call = 0; call < 1000; call++)
        {
            service.Endpoints.TryPick(default, out var pick);
            var id = pick.State.Instance.Id;
            calls[id]++;
            service.Time.Advance(TimeSpan.FromMilliseconds(id == "good" ? 5 : 0.1));
            pick.Complete(id == "good" ? EndpointOutcome.Success : EndpointOutcome.Failure);
        }

        Assert.True(calls["broken"] < 20, $"{calls["broken"]} of 1000 calls went to the instance that fails at once");
    }

    private static void PickAndComplete(ServiceEndpoints endpoints, EndpointQuery query, int times)
    {
        for (var count = 0; count < times; count++)
        {
            endpoints.TryPick(new PickRequest(query), out var pick);
            pick.Complete(EndpointOutcome.Success);
        }
    }

    private sealed class LastByName : ILoadBalancingPolicy
    {
        public string[] Candidates { get; private set; } = [];

        public string? Key { get; private set; }

        public int Pick(ReadOnlySpan<EndpointState> candidates, in PickContext context)
        {
            Candidates = [.. candidates.ToArray().Select(state => state.Instance.Id)];
            Key = context.Key;
            return candidates.Length - 1;
        }
    }
}
