using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Tests.Lifecycle;

public sealed class LifecycleServiceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();
    private readonly FakeParticipant _participant = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAsync_AfterStart_WithdrawsThenDrainsInTheirPhases()
    {
        using var host = Build();
        _participant.Lifecycle = host.Services.GetRequiredService<IServiceLifecycle>();
        await host.StartAsync(Cancel);
        Assert.Equal(LifecyclePhase.Started, _participant.Lifecycle.Phase);

        await host.StopAsync(Cancel);

        Assert.Equal(
            ["announce while Started", "withdraw while Withdrawing", "drain while Draining"], _participant.Calls);
        Assert.Equal(LifecyclePhase.Stopped, _participant.Lifecycle.Phase);
    }

    [Fact]
    public async Task StopApplication_BeforeTheHostAsksAnybody_WithdrawsAtOnce()
    {
        using var host = Build();
        await host.StartAsync(Cancel);
        var lifecycle = host.Services.GetRequiredService<IServiceLifecycle>();

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(LifecyclePhase.Withdrawing, lifecycle.Phase);
        Assert.True(lifecycle.Withdrawing.IsCancellationRequested);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(60, 5)]
    public async Task StopAsync_NeighboursNeedTime_WaitsForItUpToTheLimit(int wanted, int expected)
    {
        _participant.Withdraw = _ => ValueTask.FromResult(TimeSpan.FromSeconds(wanted));
        using var host = Build(("CloudNative:Lifecycle:PropagationTimeout", "00:00:05"));
        await host.StartAsync(Cancel);

        var stopping = host.StopAsync(Cancel);
        _time.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain("drain", _participant.Calls);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _participant.DrainCalled.Task.WaitAsync(Patience, Cancel);
        await stopping.WaitAsync(Patience, Cancel);
    }

    [Fact]
    public async Task StopAsync_TwiceAtOnce_StopsOnce()
    {
        var release = new TaskCompletionSource();
        _participant.Drain = _ => new ValueTask(release.Task);
        using var host = Build();
        await host.StartAsync(Cancel);

        var stops = Task.WhenAll(host.StopAsync(Cancel), host.StopAsync(Cancel));
        await _participant.DrainCalled.Task.WaitAsync(Patience, Cancel);
        release.SetResult();
        await stops.WaitAsync(Patience, Cancel);

        Assert.Equal(["announce", "withdraw", "drain"], _participant.Calls);
    }

    [Fact]
    public async Task StopAsync_InATestHost_WaitsForNothing()
    {
        _participant.Withdraw = _ => ValueTask.FromResult(TimeSpan.FromMinutes(1));
        _participant.Drain = token => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, token));
        using var host = Build(("CloudNative:Hosting:Mode", "Test"));
        await host.StartAsync(Cancel);

        // No time passes here: a wait would never end.
        await host.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        Assert.Contains("drain", _participant.Calls);
    }

    [Fact]
    public async Task StartAsync_UnderATool_AnnouncesNothing()
    {
        using var host = Build(("CloudNative:Hosting:Mode", "DesignTime"));
        await host.StartAsync(Cancel);
        await host.StopAsync(Cancel);

        Assert.Empty(_participant.Calls);
    }

    [Fact]
    public async Task StopAsync_OneParticipantFails_TheOthersAreAskedAll()
    {
        var broken = new FakeParticipant
        {
            Withdraw = _ => throw new InvalidOperationException("registry is gone"),
            Drain = _ => throw new InvalidOperationException("so is the queue"),
        };
        using var host = Build(broken);
        await host.StartAsync(Cancel);

        await host.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        Assert.Equal(["announce", "withdraw", "drain"], _participant.Calls);
    }

    [Fact]
    public async Task StopAsync_ParticipantIsDeafToItsToken_EndsWithTheDrainTimeout()
    {
        var never = new TaskCompletionSource();
        _participant.Drain = _ => new ValueTask(never.Task);
        using var host = Build(("CloudNative:Lifecycle:DrainTimeout", "00:00:03"));
        await host.StartAsync(Cancel);

        var stopping = host.StopAsync(Cancel);
        await _participant.DrainCalled.Task.WaitAsync(Patience, Cancel);
        Assert.False(stopping.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(3));

        await stopping.WaitAsync(Patience, Cancel);
    }

    [Fact]
    public async Task StopAsync_RegistryHangs_EndsWithTheWithdrawTimeout()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _participant.Withdraw = _ =>
        {
            asked.SetResult();
            return new ValueTask<TimeSpan>(new TaskCompletionSource<TimeSpan>().Task);
        };
        using var host = Build();
        await host.StartAsync(Cancel);

        var stopping = host.StopAsync(Cancel);
        await asked.Task.WaitAsync(Patience, Cancel);
        _time.Advance(ParticipantRunner.WithdrawTimeout);

        await stopping.WaitAsync(Patience, Cancel);
        Assert.Contains("drain", _participant.Calls);
    }

    private IHost Build(params (string Key, string? Value)[] configuration) => Build(null, configuration);

    private IHost Build(FakeParticipant? first, params (string Key, string? Value)[] configuration)
    {
        var builder = HostUnderTest.Create(configuration);
        builder.Services.AddSingleton<TimeProvider>(_time);
        if (first is not null)
        {
            builder.Services.AddSingleton<ILifecycleParticipant>(first);
        }

        builder.Services.AddSingleton<ILifecycleParticipant>(_participant);
        return builder.Build();
    }
}
