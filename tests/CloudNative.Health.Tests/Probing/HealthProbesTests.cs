using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Health.Tests.Probing;

public sealed class HealthProbesTests(ITestOutputHelper output)
{
    private const int Calls = 100_000;

    [Fact]
    public async Task ProbeAsync_AtAnyRate_RunsNoCheckAndAllocatesNothing()
    {
        var check = new FakeCheck("db");
        await using var host = await HealthHost.StartAsync([check]);
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);
        var (probes, runs) = (host.Probes, check.Runs);
        await AskAsync(probes, 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        await AskAsync(probes, Calls);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // A state machine of this test, when it is built for debugging, is all that may be there.
        Assert.InRange(allocated, 0, 1024);
        Assert.Equal(runs, check.Runs);
    }

    [Fact]
    public async Task ProbeAsync_StopIsAskedFor_IsNotReadyAtOnce()
    {
        await using var host = await HealthHost.StartAsync([new FakeCheck("db")]);
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);
        var notReady = host.Readiness.WaitForChangeAsync(seen: true, TestContext.Current.CancellationToken);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HealthStatus.Unhealthy, host.Probe(HealthProbe.Ready));
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Live));
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Startup));
        await notReady.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ProbeAsync_BeforeTheStart_IsNeitherStartedNorReadyButAlive()
    {
        await using var host = new HealthHost([]);

        Assert.Equal(HealthStatus.Unhealthy, host.Probe(HealthProbe.Startup));
        Assert.Equal(HealthStatus.Unhealthy, host.Probe(HealthProbe.Ready));
        Assert.Equal(HealthStatus.Healthy, host.Probe(HealthProbe.Live));
    }

    [Fact]
    public async Task ProbeAsync_InATestHost_RunsTheChecksForIt()
    {
        var check = new FakeCheck("db", HealthTags.Startup) { Answer = HealthStatus.Unhealthy };
        await using var host = await HealthHost.StartAsync([check], ("CloudNative:Hosting:Mode", "Test"));
        Assert.Equal(0, check.Runs);
        Assert.True(host.Readiness.IsReady);

        Assert.Equal(
            HealthStatus.Unhealthy, await host.Probes.ProbeAsync(HealthProbe.Ready, TestContext.Current.CancellationToken));
        Assert.Equal(
            HealthStatus.Unhealthy, await host.Probes.ProbeAsync(HealthProbe.Startup, TestContext.Current.CancellationToken));
        check.Answer = HealthStatus.Healthy;
        Assert.Equal(
            HealthStatus.Healthy, await host.Probes.ProbeAsync(HealthProbe.Ready, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ProbeAsync_LastKnownState_IsToldWithinTwoMicroseconds()
    {
        await using var host = await HealthHost.StartAsync([new FakeCheck("db"), new FakeCheck("queue")]);
        await host.UntilAsync(HealthProbe.Ready, HealthStatus.Healthy);
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await AskAsync(host.Probes, Calls);
            var elapsed = Stopwatch.GetElapsedTime(begun);
            best = elapsed < best ? elapsed : best;
        }

        output.WriteLine($"{best.TotalNanoseconds / Calls:0} ns a probe");
        Assert.True(best / Calls < TimeSpan.FromMicroseconds(2), $"{best.TotalNanoseconds / Calls:0} ns a probe");
    }

    private static async ValueTask AskAsync(IHealthProbes probes, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await probes.ProbeAsync(HealthProbe.Ready, CancellationToken.None);
        }
    }
}
