using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace CloudNative.Discovery.Tests.Balancing;

/// <summary>Instances are compared with each other once an interval; those that do much worse are left out.</summary>
public sealed class OutliersTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, string?> SlowToo = new() { ["CloudNative:Discovery:Ejection:LatencyFactor"] = "5" };

    [Fact]
    public async Task Complete_ThirdOfTheCallsFailButNeverThreeInARow_IsFoundByItsSuccessRate()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        Run(service, failing: ("b", 3));

        Assert.True(service.IsEjected("b"));
        Assert.DoesNotContain("b", service.Picked(200, EndpointOutcome.Abandoned));
        const string Finding = "66.5% of its 200 calls succeeded, 100.0% of the others'";
        Assert.Contains(service.Lines, line => line.Contains(Finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_SwitchedOff_TheSameInstanceStays()
    {
        await using var service = await TestService.CreateWithAsync(
            new() { ["CloudNative:Discovery:Ejection:SuccessRate"] = "false" }, "a", "b", "c");

        Run(service, failing: ("b", 3));

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_AllFailAlike_NobodyIsLeftOut()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");

        Run(service, calls: 200, latency: _ => 5, fails: (_, call) => call % 3 == 0);

        Assert.All(["a", "b", "c", "d"], id => Assert.False(service.IsEjected(id)));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    public async Task Complete_FewCalls_SayNothing(int calls, bool ejects)
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        Run(service, calls, latency: _ => 5, fails: (id, call) => id == "b" && call % 3 == 0);

        Assert.Equal(ejects, service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_TwoInstances_NobodyKnowsWhichIsTheOddOne()
    {
        await using var service = await TestService.CreateAsync("a", "b");

        Run(service, failing: ("b", 3));

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_LittleWorseThanTheOthers_Stays()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");

        Run(service, failing: ("b", 12));

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_OthersScatterWidely_OneWithinTheirDeviationStays()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d", "e");
        var failsEvery = new Dictionary<string, int> { ["a"] = 2, ["b"] = 3, ["c"] = 5, ["d"] = 10, ["e"] = 1000 };

        Run(service, calls: 200, latency: _ => 5, fails: (id, call) => call % failsEvery[id] == 0);

        Assert.All(failsEvery.Keys.Except(["a"]), id => Assert.False(service.IsEjected(id)));
    }

    [Fact]
    public async Task Complete_MoreOutliersThanTheCap_TheWorstAreLeftOutAndThereIsNoPanic()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        service.Settings.Replace(new()
        {
            ["CloudNative:Discovery:Ejection:MaxPercent"] = "20",
            ["CloudNative:Discovery:Ejection:SuccessRateDeviations"] = "0",
        });

        Run(service, calls: 200, latency: _ => 5, fails: (id, call) => id switch
        {
            "a" => call % 2 == 0,
            "b" => call % 3 == 0,
            "c" => call % 4 == 0,
            _ => false,
        });

        Assert.Equal(["a", "b"], new[] { "a", "b", "c", "d" }.Where(service.IsEjected));
        Assert.DoesNotContain(service.Lines, line => line.Contains("too many", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_ItsSuccessRateIsStillLow_StaysOutForAnIntervalAndThenLonger()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        Run(service, failing: ("b", 3));
        Assert.InRange(Pause(service, "b"), 9, 11);
        service.End("b", EndpointOutcome.Success);
        Assert.True(service.IsEjected("b"), "a lucky call before its time is over takes nobody back");
        service.Time.Advance(TimeSpan.FromSeconds(11.1));
        service.End("b", EndpointOutcome.Success);
        Assert.False(service.IsEjected("b"));
        Run(service, failing: ("b", 3));

        Assert.InRange(Pause(service, "b"), 18, 22);
    }

    [Fact]
    public async Task Complete_OneIsTenTimesSlower_IsFoundByItsLatencyWhenThatIsSwitchedOn()
    {
        await using var service = await TestService.CreateWithAsync(SlowToo, "a", "b", "c", "d");
        await using var without = await TestService.CreateAsync("a", "b", "c", "d");

        foreach (var one in new[] { service, without })
        {
            Run(one, calls: 100, latency: id => id == "b" ? 50 : 5, fails: (_, _) => false);
        }

        Assert.True(service.IsEjected("b"));
        Assert.Contains(service.Lines, line => line.Contains("50 ms, 10 times the others", StringComparison.Ordinal));
        Assert.False(without.IsEjected("b"));
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(24, 5)] // 4.8 times
    [InlineData(4, 0.5)] // 8 times, but 3.5 ms
    public async Task Complete_NotThatMuchSlower_Stays(double slow, double others)
    {
        await using var service = await TestService.CreateWithAsync(SlowToo, "a", "b", "c", "d");

        Run(service, calls: 100, latency: id => id == "b" ? slow : others, fails: (_, _) => false);

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_SlowInstanceInItsTrial_ComesBackOnlyWhenItIsFast()
    {
        await using var service = await TestService.CreateWithAsync(SlowToo, "a", "b", "c", "d");
        Run(service, calls: 100, latency: id => id == "b" ? 50 : 5, fails: (_, _) => false);

        service.Time.Advance(TimeSpan.FromSeconds(11.1));
        Trial(service, 50);
        Assert.True(service.IsEjected("b"));
        Assert.InRange(Pause(service, "b"), 18, 22);
        service.Time.Advance(TimeSpan.FromSeconds(22.1));
        Trial(service, 6);

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_Ejected_IsCountedWithItsReason()
    {
        await using var service = await TestService.CreateWithAsync(SlowToo, "a", "b", "c", "d", "e");
        using var counter = new MetricCollector<long>(
            service.Meters, DiscoveryTelemetryNames.Meter, DiscoveryTelemetryNames.Ejections);

        Run(service, calls: 200, latency: id => id == "b" ? 50 : 5, fails: (id, call) => id == "c" && call % 3 == 0);

        Assert.Equal(
            ["latency", "success_rate"],
            counter.GetMeasurementSnapshot().Select(one => one.Tags[DiscoveryTelemetryNames.ReasonAttribute]).Order());
    }

    [Fact]
    public async Task Complete_EjectionSwitchedOffAsAWhole_ComparesNobody()
    {
        await using var service = await TestService.CreateWithAsync(
            new(SlowToo) { ["CloudNative:Discovery:Ejection:Enabled"] = "false" }, "a", "b", "c");

        Run(service, calls: 200, latency: id => id == "b" ? 500 : 5, fails: (id, call) => id == "b" && call % 2 == 0);

        Assert.False(service.IsEjected("b"));
    }

    private static void Run(TestService service, (string Id, int Every) failing) =>
        Run(service, calls: 200, latency: _ => 5, fails: (id, call) => id == failing.Id && call % failing.Every == 0);

    // Every instance answers so many calls, all begun together and ended in turn; then the interval ends and one call more is made.
    private static void Run(TestService service, int calls, Func<string, double> latency, Func<string, int, bool> fails)
    {
        string[] ids = [.. service.Endpoints.Snapshot.Endpoints.Select(state => state.Instance.Id)];
        service.End(ids[0], EndpointOutcome.Success);
        service.Time.Advance(Interval);
        service.End(ids[0], EndpointOutcome.Success); // from here on a new interval counts
        for (var call = 0; call < calls; call++)
        {
            foreach (var id in ids)
            {
                var pick = service.Take(id);
                var answered = pick.Begun + (long)(latency(id) * service.Time.TimestampFrequency / 1000);
                pick.Complete(fails(id, call) ? EndpointOutcome.Failure : EndpointOutcome.Success, answered);
            }
        }

        service.Time.Advance(Interval);
        service.End(ids[0], EndpointOutcome.Success);
    }

    private static void Trial(TestService service, int milliseconds)
    {
        Assert.True(service.Endpoints.TryPick(default, out var trial));
        Assert.Equal("b", trial.State.Instance.Id);
        service.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        trial.Complete(EndpointOutcome.Success);
    }

    private static double Pause(TestService service, string id) =>
        service.Time.GetElapsedTime(service.Time.GetTimestamp(), service.State(id).EjectedUntil).TotalSeconds;
}
