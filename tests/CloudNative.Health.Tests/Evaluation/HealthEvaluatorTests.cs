using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudNative.Health.Tests.Evaluation;

public sealed class HealthEvaluatorTests
{
    [Fact]
    public async Task Ready_CheckFailsAndRecovers_FollowsIt()
    {
        var check = new FakeCheck("db");
        await using var host = await HealthHost.StartAsync([check]);
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);

        check.Answer = HealthStatus.Unhealthy;
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Unhealthy);
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Live));

        check.Answer = HealthStatus.Degraded;
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Degraded);
        Assert.True(host.Readiness.IsReady);
    }

    [Fact]
    public async Task Ready_FirstRunNotBackYet_IsNotReadyAndNobodyWaits()
    {
        var hang = new TaskCompletionSource();
        await using var host = await HealthHost.StartAsync([new FakeCheck("db") { Hang = hang }]);

        Assert.Equal(HealthStatus.Unhealthy, host.Probe(HealthProbe.Ready));
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Startup));

        hang.SetResult();
        await host.Readiness.WaitForChangeAsync(seen: false, TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Ready));
    }

    [Fact]
    public async Task Ready_CheckHangs_IsUnhealthyWithoutASecondRunBesideTheFirst()
    {
        var (hung, other) = (new FakeCheck("hung"), new FakeCheck("other"));
        await using var host = await HealthHost.StartAsync([hung, other], ("CloudNative:Health:Interval", "00:00:01"));
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);

        var hang = new TaskCompletionSource();
        hung.Hang = hang;
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Unhealthy);
        var before = other.Runs;
        while (other.Runs < before + 5)
        {
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HealthStatus.Unhealthy, host.Probe(HealthProbe.Ready));
        Assert.Equal(1, hung.MostAtOnce);

        hung.Hang = null;
        hang.SetResult();
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);
    }

    [Fact]
    public async Task Live_OnlyTaggedChecksCount_AndOneThatNeverRanIsNoReasonToRestart()
    {
        var deadlock = new FakeCheck("deadlock", HealthTags.Live) { Hang = new TaskCompletionSource() };
        await using var host = await HealthHost.StartAsync([deadlock]);
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Live));

        await host.UntilAsync(HealthProbe.Live, HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Startup_PassedOnce_StaysPassed()
    {
        var cache = new FakeCheck("cache", HealthTags.Startup) { Answer = HealthStatus.Unhealthy };
        await using var host = await HealthHost.StartAsync([cache]);
        Assert.Equal(HealthStatus.Unhealthy, host.Probe(HealthProbe.Startup));

        cache.Answer = HealthStatus.Healthy;
        await host.UntilAsync(HealthProbe.Startup, HealthStatus.Healthy);
        cache.Answer = HealthStatus.Unhealthy;
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Unhealthy);

        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Startup));
    }

    [Fact]
    public async Task Check_WhileItRuns_IsNotSampled()
    {
        var check = new FakeCheck("db");
        await using var host = await HealthHost.StartAsync([check]);
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);

        Assert.Equal(ActivityTraceFlags.None, check.TraceFlags);
    }

    [Fact]
    public async Task Ready_SwitchedOff_NoCheckRuns()
    {
        var check = new FakeCheck("db") { Answer = HealthStatus.Unhealthy };
        await using var host = await HealthHost.StartAsync([check], ("CloudNative:Health:Enabled", "false"));

        Assert.True(host.Readiness.IsReady);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, check.Runs);
    }
}
