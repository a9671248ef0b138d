using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Testing.Tests;

public sealed class VirtualTimeTests
{
    [Fact]
    public async Task AdvanceUntil_BackgroundWork_StopsWhereItHappened()
    {
        var clock = new FakeTimeProvider();
        var done = false;
        var work = Task.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(5), clock, TestContext.Current.CancellationToken);
            done = true;
        }, TestContext.Current.CancellationToken);
        var passed = await clock.AdvanceUntilAsync(() => Volatile.Read(ref done), TimeSpan.FromSeconds(1), TimeSpan.FromHours(10));
        await work;
        Assert.True(passed >= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task AdvanceUntil_NeverHolds_TimesOut()
    {
        var clock = new FakeTimeProvider();
        var start = clock.GetUtcNow();
        await Assert.ThrowsAsync<TimeoutException>(() =>
            clock.AdvanceUntilAsync(() => false, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)));
        Assert.Equal(TimeSpan.FromMinutes(10), clock.GetUtcNow() - start);
    }
}
