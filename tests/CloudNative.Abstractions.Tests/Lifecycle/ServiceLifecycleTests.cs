using CloudNative.Lifecycle;

namespace CloudNative.Tests.Lifecycle;

public sealed class ServiceLifecycleTests
{
    [Fact]
    public void TryAdvance_BackwardsOrTwice_ChangesNothing()
    {
        using var lifecycle = new ServiceLifecycle();
        Assert.True(lifecycle.TryAdvance(LifecyclePhase.Draining));

        Assert.False(lifecycle.TryAdvance(LifecyclePhase.Draining));
        Assert.False(lifecycle.TryAdvance(LifecyclePhase.Started));

        Assert.Equal(LifecyclePhase.Draining, lifecycle.Phase);
    }

    [Fact]
    public void Withdrawing_StartThenStop_FiresWhenTheServiceLeavesStarted()
    {
        using var lifecycle = new ServiceLifecycle();
        lifecycle.TryAdvance(LifecyclePhase.Started);
        Assert.False(lifecycle.Withdrawing.IsCancellationRequested);

        lifecycle.TryAdvance(LifecyclePhase.Withdrawing);

        Assert.True(lifecycle.Withdrawing.IsCancellationRequested);
    }

    [Fact]
    public async Task WaitForAsync_PhaseIsSkipped_CompletesWithTheLaterOne()
    {
        using var lifecycle = new ServiceLifecycle();
        var started = lifecycle.WaitForAsync(LifecyclePhase.Started, TestContext.Current.CancellationToken);
        var stopped = lifecycle.WaitForAsync(LifecyclePhase.Stopped, TestContext.Current.CancellationToken);

        lifecycle.TryAdvance(LifecyclePhase.Withdrawing);

        await started;
        Assert.False(stopped.IsCompleted);
    }

    [Fact]
    public async Task WaitForAsync_TokenFires_GivesUp()
    {
        using var lifecycle = new ServiceLifecycle();
        using var patience = new CancellationTokenSource();
        var started = lifecycle.WaitForAsync(LifecyclePhase.Started, patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => started);
    }

    [Fact]
    public async Task TryAdvance_ManyAtOnce_OneMakesTheStep()
    {
        for (var round = 0; round < 200; round++)
        {
            using var lifecycle = new ServiceLifecycle();
            using var gate = new Barrier(4);
            var steps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                gate.SignalAndWait(TestContext.Current.CancellationToken);
                return lifecycle.TryAdvance(LifecyclePhase.Withdrawing);
            })));

            Assert.Single(steps, made => made);
        }
    }
}
