using CloudNative.Discovery.Resolution;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Tests.Resolution;

public sealed class OutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryPick_SourceDownForAnHour_EveryPickSucceedsAndTheSourceIsLeftInPeace()
    {
        const int Services = 20;
        var source = new ScriptedSource();
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        var known = Enumerable.Range(0, Services).Select(index => $"service-{index}").ToArray();
        foreach (var name in known)
        {
            source.Say(name, Instances.Answer("a", "b"));
            await harness.Table.Get(name).WaitForAnswerAsync(Token);
        }

        source.Fail("connection refused");
        await Eventually.TrueAsync(() => known.All(name => harness.Table.Get(name).Snapshot.IsStale), "all know");
        var before = source.Calls;
        var failed = 0;
        for (var second = 0; second < 3600; second++)
        {
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            failed += known.Count(name => harness.Table.Get(name).PickAndComplete() is null);
        }

        Assert.Equal(0, failed);
        Assert.InRange(source.Calls - before, 1, 3600 / 5);
        Assert.All(known, name => Assert.Equal(ServiceStatus.Known, harness.Table.Get(name).Snapshot.Status));
        Assert.Single(
            harness.Logs.GetSnapshot(),
            line => line.Category == "CloudNative.Discovery.Sources" && line.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Watch_SourceRecovers_AllServicesAreUpToDateAgain()
    {
        const int Services = 20;
        var source = new ScriptedSource();
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        var known = new List<ServiceEndpoints>();
        for (var index = 0; index < Services; index++)
        {
            source.Say($"service-{index}", Instances.Answer("old"));
            known.Add(harness.Table.Get($"service-{index}"));
            await known[index].WaitForAnswerAsync(Token);
        }

        source.Fail("connection refused");
        await Eventually.TrueAsync(() => known.All(service => service.Snapshot.IsStale), "all know");
        foreach (var service in known)
        {
            source.Say(service.Service, Instances.Answer("new"));
        }

        source.Recover();
        await AdvanceUntilAsync(
            harness, () => known.All(service => service.Snapshot is { IsStale: false, Endpoints: [{ Instance.Id: "new" }] }));
    }

    [Fact]
    public async Task WaitForAnswer_SourceKnownToBeDown_IsAnsweredAtOnce()
    {
        var source = new ScriptedSource();
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        source.Fail("connection refused");
        var first = await Eventually.WithinAsync(harness.Table.Get("first").WaitForAnswerAsync(Token).AsTask());

        var second = await Eventually.WithinAsync(harness.Table.Get("second").WaitForAnswerAsync(Token).AsTask());

        Assert.Equal((ServiceStatus.Unavailable, ServiceStatus.Unavailable), (first.Status, second.Status));
        Assert.Contains("connection refused", second.Reason, StringComparison.Ordinal);
        Assert.Equal(1, source.Calls);
    }

    [Fact]
    public async Task WaitForAnswer_SourceSaysNothing_IsUnavailableAfterTheTimeout()
    {
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(new ScriptedSource()));
        var waiting = harness.Table.Get("catalog").WaitForAnswerAsync(Token).AsTask();
        Assert.False(waiting.IsCompleted);

        harness.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(ServiceStatus.Unavailable, (await Eventually.WithinAsync(waiting)).Status);
    }

    [Fact]
    public async Task WaitForAnswer_AnotherServiceOfTheSourceIsSlow_WaitsForItOnlyAMoment()
    {
        var source = new ScriptedSource();
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        harness.Table.Get("slow");
        await Eventually.TrueAsync(() => source.Open == 1, "the slow one is asked first");
        source.Say("quick", Instances.Answer("a"));
        var quick = harness.Table.Get("quick").WaitForAnswerAsync(Token).AsTask();

        harness.Time.Advance(SourceGate.Interval - TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(
            () =>
            {
                harness.Time.Advance(TimeSpan.FromMilliseconds(1));
                return harness.Table.Get("quick").Snapshot.Endpoints.Length == 1;
            },
            "the quick one is answered");
        Assert.NotEqual(ServiceStatus.Unknown, (await Eventually.WithinAsync(quick)).Status);
    }

    [Fact]
    public async Task Watch_OneServiceFailsAlone_OthersGoOnAndItIsCalledNoMoreOftenThanTheInterval()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        source.Say("secret", EndpointUpdate.Unavailable("permission denied"));
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        await harness.Table.Get("catalog").WaitForAnswerAsync(Token);
        await harness.Table.Get("secret").WaitForAnswerAsync(Token);
        var before = source.Calls;

        for (var second = 0; second < 600; second++)
        {
            source.Say("catalog", Instances.Answer("a", $"b{second}"));
            harness.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.False(harness.Table.Get("catalog").Snapshot.IsStale);
        Assert.InRange(source.Calls - before, 0, 600 / 5);
    }

    [Fact]
    public async Task Get_ManyClientsOfOneService_ShareOneWatch()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));

        var handles = await Task.WhenAll(Enumerable.Range(0, 200).Select(index => Task.Run(() =>
            harness.Table.Get(index % 2 == 0 ? "catalog" : "Catalog"))));
        await handles[0].WaitForAnswerAsync(Token);

        Assert.Single(handles.Distinct());
        Assert.Equal(1, source.Calls);
    }

    [Fact]
    public async Task Get_UnusedForLong_TheWatchIsClosedAndOpenedAgainByTheNextCall()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        var endpoints = harness.Table.Get("catalog");
        await endpoints.WaitForAnswerAsync(Token);

        for (var minute = 0; minute < 16; minute++)
        {
            harness.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await Eventually.TrueAsync(() => endpoints.Snapshot.Status == ServiceStatus.Unknown, "the watch is closed");
        source.Say("catalog", Instances.Answer("b"));
        var fresh = await Eventually.WithinAsync(endpoints.WaitForAnswerAsync(Token).AsTask());

        Assert.Equal(["b"], fresh.Endpoints.Select(state => state.Instance.Id));
        Assert.Equal(2, source.Calls);
    }

    [Fact]
    public async Task Get_UsedAllTheTime_TheWatchStaysOpen()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        await using var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        var endpoints = harness.Table.Get("catalog");
        await endpoints.WaitForAnswerAsync(Token);

        for (var minute = 0; minute < 120; minute++)
        {
            harness.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal("a", endpoints.PickAndComplete());
        }

        Assert.Equal(1, source.Calls);
    }

    [Fact]
    public async Task Dispose_WatchesOpen_EndsThemAll()
    {
        var source = new ScriptedSource();
        source.Say("catalog", Instances.Answer("a"));
        var harness = new DiscoveryHarness(configure: services => services.AddSource(source));
        await harness.Table.Get("catalog").WaitForAnswerAsync(Token);
        Assert.Equal(1, source.Open);

        await harness.DisposeAsync();

        Assert.Equal(0, source.Open);
    }

    private static Task AdvanceUntilAsync(DiscoveryHarness harness, Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            harness.Time.Advance(SourceGate.Interval / 5);
            return condition();
        },
        "the services are up to date");
}
