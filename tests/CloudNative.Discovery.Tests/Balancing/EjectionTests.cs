using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Tests.Balancing;

public sealed class EjectionTests
{
    private static readonly TimeSpan AfterFirstEjection = TimeSpan.FromSeconds(1.2);

    [Theory]
    [InlineData(EndpointOutcome.ConnectFailure)]
    [InlineData(EndpointOutcome.Failure)]
    [InlineData(EndpointOutcome.Timeout)]
    public async Task Complete_ThreeFailuresInARow_LeaveTheInstanceOut(EndpointOutcome outcome)
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        service.Fail("b", outcome, times: 3);

        Assert.Equal(["a", "c"], service.Picked(200));
    }

    [Fact]
    public async Task Complete_SuccessBetweenFailures_KeepsTheInstance()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        service.Fail("b", EndpointOutcome.Failure, times: 2);
        service.End("b", EndpointOutcome.Success);
        service.Fail("b", EndpointOutcome.Failure, times: 2);

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_AbandonedByTheCaller_SaysNothingOfTheInstance()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        service.Fail("b", EndpointOutcome.Abandoned, times: 50);

        Assert.False(service.IsEjected("b"));
        Assert.Equal(0, service.State("b").InFlight);
    }

    [Fact]
    public async Task Complete_Overloaded_CostsMoreButIsNotEjected()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.End("a", EndpointOutcome.Success);
        service.End("c", EndpointOutcome.Success);

        service.Fail("b", EndpointOutcome.Overloaded, times: 50);

        Assert.False(service.IsEjected("b"));
        Assert.Equal(0, service.State("b").InFlight);
        Assert.True(service.State("b").LatencySeconds > 5 * service.State("a").LatencySeconds);
        Assert.InRange(service.State("b").LatencySeconds, 0, 1);
    }

    [Fact]
    public async Task TryPick_OneDeadOfThree_GetsNextToNothingOfTheTraffic()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        const int PerMillisecond = 4;
        const int Latency = 5;
        const int Milliseconds = 30_000;
        var inFlight = new Queue<(int Since, EndpointPick Pick)>();
        var dead = new List<int>();

        for (var now = 0; now < Milliseconds; now++)
        {
            service.Time.Advance(TimeSpan.FromMilliseconds(1));
            while (inFlight.TryPeek(out var oldest) && now - oldest.Since >= Latency)
            {
                inFlight.Dequeue().Pick.Complete(EndpointOutcome.Success);
            }

            for (var call = 0; call < PerMillisecond; call++)
            {
                Assert.True(service.Endpoints.TryPick(default, out var pick));
                if (pick.State.Instance.Id == "b")
                {
                    dead.Add(now);
                    pick.Complete(EndpointOutcome.ConnectFailure);
                }
                else
                {
                    inFlight.Enqueue((now, pick));
                }
            }
        }

        // Three to find out, then one trial each time its doubled pause is over.
        Assert.InRange(dead.Count, 3, 12);
        Assert.True(dead.Count(now => now > 1000) <= 0.005 * PerMillisecond * (Milliseconds - 1000));
    }

    [Fact]
    public async Task TryPick_EjectionOver_OneCallAtATimeTriesTheInstance()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);
        service.Time.Advance(AfterFirstEjection);

        Assert.True(service.Endpoints.TryPick(default, out var trial));
        Assert.Equal("b", trial.State.Instance.Id);
        Assert.Equal(["a", "c"], service.Picked(200));

        trial.Complete(EndpointOutcome.Success);
        Assert.Equal(["a", "b", "c"], service.Picked(500));
    }

    [Fact]
    public async Task TryPick_TrialFails_ThePauseDoublesUpToItsLimit()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);
        double[] expected = [1, 2, 4, 8, 16, 30, 30];

        foreach (var seconds in expected)
        {
            var pause = service.Time.GetElapsedTime(service.Time.GetTimestamp(), service.State("b").EjectedUntil).TotalSeconds;
            Assert.InRange(pause, seconds * 0.9 - 0.001, seconds * 1.1 + 0.001);
            service.Time.Advance(TimeSpan.FromSeconds(pause + 0.001));
            Assert.True(service.Endpoints.TryPick(default, out var trial));
            Assert.Equal("b", trial.State.Instance.Id);
            trial.Complete(EndpointOutcome.ConnectFailure);
        }
    }

    [Fact]
    public async Task TryPick_TrialAbandoned_TheNextCallTries()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);
        service.Time.Advance(AfterFirstEjection);
        service.Endpoints.TryPick(default, out var trial);
        trial.Complete(EndpointOutcome.Abandoned);

        service.Endpoints.TryPick(default, out var next);

        Assert.Equal("b", next.State.Instance.Id);
    }

    [Fact]
    public async Task TryPick_TrialNeverEnds_AnotherFollowsAfterThePause()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);
        service.Time.Advance(AfterFirstEjection);
        service.Endpoints.TryPick(default, out _);

        service.Time.Advance(AfterFirstEjection);
        service.Endpoints.TryPick(default, out var next);

        Assert.Equal("b", next.State.Instance.Id);
    }

    [Fact]
    public async Task Complete_AnswersToCallsFromBeforeTheEjection_DoNotTakeItBackNorExtendIt()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        var early = service.Take("b");
        var alsoEarly = service.Take("b");
        service.Time.Advance(TimeSpan.FromMilliseconds(10));
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);
        var until = service.State("b").EjectedUntil;

        early.Complete(EndpointOutcome.Success);
        alsoEarly.Complete(EndpointOutcome.ConnectFailure);

        Assert.True(service.IsEjected("b"));
        Assert.Equal(until, service.State("b").EjectedUntil);
    }

    [Fact]
    public async Task Eject_OneOfTwo_IsAllowed()
    {
        await using var service = await TestService.CreateAsync("a", "b");

        service.Fail("b", EndpointOutcome.Failure, times: 3);

        Assert.Equal(["a"], service.Picked(100));
    }

    [Fact]
    public async Task Eject_TheOnlyInstance_IsStillCalled()
    {
        await using var service = await TestService.CreateAsync("a");

        service.Fail("a", EndpointOutcome.ConnectFailure, times: 10);

        Assert.Equal(["a"], service.Picked(10));
    }

    [Fact]
    public async Task Eject_MoreThanHalfAnswerBadly_AllAreUsedAgainAndItIsSaidOnce()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");

        service.Fail("a", EndpointOutcome.Failure, times: 3);
        service.Fail("b", EndpointOutcome.Failure, times: 3);
        Assert.Equal(["c", "d"], service.Picked(200));
        service.Fail("c", EndpointOutcome.Failure, times: 3);

        Assert.Equal(["a", "b", "c", "d"], service.Picked(2000, EndpointOutcome.Abandoned));
        Assert.Single(service.Lines, line => line.Contains("too many to do without", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Eject_MostRefuseConnections_TheLastOneServesAlone()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c", "d");

        foreach (var id in new[] { "a", "b", "c" })
        {
            service.Fail(id, EndpointOutcome.ConnectFailure, times: 3);
        }

        Assert.Equal(["d"], service.Picked(200));
    }

    [Fact]
    public async Task Eject_AllRefuseConnections_AllAreTriedAndTheFirstThatAnswersServes()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        foreach (var id in new[] { "a", "b", "c" })
        {
            service.Fail(id, EndpointOutcome.ConnectFailure, times: 3);
        }

        Assert.Equal(["a", "b", "c"], service.Picked(500, EndpointOutcome.Abandoned));
        service.Time.Advance(TimeSpan.FromMilliseconds(1));
        service.End("b", EndpointOutcome.Success);

        Assert.Equal(["b"], service.Picked(100));
    }

    [Fact]
    public async Task Eject_AndBack_IsLoggedOnceEach()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        service.Fail("b", EndpointOutcome.ConnectFailure, times: 20);
        service.Time.Advance(AfterFirstEjection);
        service.Endpoints.TryPick(default, out var trial);
        trial.Complete(EndpointOutcome.Success);
        service.Picked(100);

        var lines = service.Logs.GetSnapshot().Where(line => line.Category == "CloudNative.Discovery.Ejection").ToArray();
        Assert.Equal([LogLevel.Warning, LogLevel.Information], lines.Select(line => line.Level));
    }

    [Fact]
    public async Task Replace_TheInstanceMovedToAnotherAddress_IsNoLongerEjected()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);

        await service.SayAsync(EndpointUpdate.Answer([Instances.Of("a"), Instances.Of("b", port: 81), Instances.Of("c")]));

        Assert.False(service.IsEjected("b"));
    }

    [Fact]
    public async Task Complete_EjectionSwitchedOff_LeavesNobodyOut()
    {
        await using var service = await TestService.CreateWithAsync(
            new() { ["CloudNative:Discovery:Ejection:Enabled"] = "false" }, "a", "b");

        service.Fail("b", EndpointOutcome.ConnectFailure, times: 20);

        Assert.False(service.IsEjected("b"));
    }
}
