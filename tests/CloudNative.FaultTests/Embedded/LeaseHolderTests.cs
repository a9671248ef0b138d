using System.Diagnostics;
using CloudNative.FaultTests.Support;
using CloudNative.Leases;

namespace CloudNative.FaultTests.Embedded;

public sealed class LeaseHolderTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_HolderOfAnHour_FreesTheLeaseAtOnce()
    {
        await using var app = new App();
        var next = await app.StartAsync();
        var holder = await app.StartAsync();
        var lost = await holder.Leases.TryAcquireAsync("job", TimeSpan.FromHours(1), Cancelled);
        Assert.Null(await next.Leases.TryAcquireAsync("job", TimeSpan.FromHours(1), Cancelled));
        await holder.KillAsync();

        var killed = Stopwatch.GetTimestamp();
        var taken = await AcquireAsync(next.Leases, TimeSpan.FromHours(1));
        var waited = Stopwatch.GetElapsedTime(killed);
        TestContext.Current.TestOutputHelper!.WriteLine($"taken over after {waited.TotalMilliseconds:F0} ms");
        Assert.True(waited < TimeSpan.FromSeconds(1), $"taken over after {waited}");
        Assert.True(taken.FencingToken > lost!.FencingToken);
    }

    [Fact]
    public async Task Pause_Holder_LosesTheLeaseAndCannotHarmItsSuccessor()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that pause a process");
        await using var app = new App();
        var next = await app.StartAsync();
        var holder = await app.StartAsync();
        var stale = await holder.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(1), Cancelled);
        Assert.NotNull(stale);
        holder.Process.Suspend();
        var taken = await AcquireAsync(next.Leases, TimeSpan.FromMinutes(1));
        Assert.True(taken.FencingToken > stale.FencingToken);

        holder.Process.Resume();
        await WaitForLossAsync(stale);
        await stale.DisposeAsync();
        Assert.Null(await holder.Leases.TryAcquireAsync("job", TimeSpan.FromSeconds(1), Cancelled));
        Assert.False(taken.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Restart_OfEverybody_TokensStillGrow()
    {
        await using var app = new App();
        var last = 0L;
        for (var start = 0; start < 4; start++)
        {
            var process = await app.StartAsync();
            var lease = await process.Leases.TryAcquireAsync("job", TimeSpan.FromMinutes(1), Cancelled);
            Assert.NotNull(lease);
            Assert.True(lease.FencingToken > last);
            last = lease.FencingToken;
            await process.KillAsync();
        }
    }

    private static async Task<ILease> AcquireAsync(ILeaseProvider leases, TimeSpan duration)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await leases.TryAcquireAsync("job", duration, timeout.Token) is { } lease)
            {
                return lease;
            }
        }
    }

    private static async Task WaitForLossAsync(ILease lease)
    {
        var lost = new TaskCompletionSource();
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancelled);
    }
}
