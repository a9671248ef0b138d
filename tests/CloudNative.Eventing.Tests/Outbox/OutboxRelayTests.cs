using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Tests.Outbox;

public sealed class OutboxRelayTests
{
    private static readonly EventTransportException _down = new("CN0000 The transport is down.");

    [Fact]
    public async Task Start_RowsOfAnEarlierLife_AreMovedInOrder()
    {
        await using var host = new OutboxHost();
        host.Outbox.Add(Outgoing.Events(1, 25));
        await host.StartAsync();
        await host.QuietAsync();
        Assert.Equal(Outgoing.Ids(1, 25), host.Transport.Ids);
        Assert.Equal(0, host.Outbox.Count);
    }

    [Fact]
    public async Task Commit_WhileItRuns_IsMovedWithoutTheClock()
    {
        await using var host = new OutboxHost();
        await host.StartAsync();
        await host.QuietAsync();
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Transport.Script = _ =>
        {
            stored.TrySetResult();
            return Task.CompletedTask;
        };
        host.Outbox.Add(Outgoing.Events(1, 1));
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhenNoneReady_NobodyTellsOfTheRows_LooksForThem()
    {
        await using var host = new OutboxHost();
        host.Outbox.Pushes = false;
        await host.StartAsync();
        await host.QuietAsync();
        for (var number = 1; number <= 50; number++)
        {
            host.Outbox.Add(Outgoing.Events(number, 1));
            await host.QuietAsync();
            Assert.Equal(number, host.Transport.Stored.Count);
        }
    }

    [Fact]
    public async Task TransportDown_ForLongAndBack_MovesAllInOrderAndSaysSoOnce()
    {
        await using var host = new OutboxHost();
        host.Transport.Script = _ => throw _down;
        host.Outbox.Add(Outgoing.Events(1, 3));
        await host.StartAsync();
        await host.AdvanceUntilAsync(() => host.Transport.Attempts >= 12, TimeSpan.FromHours(5));
        host.Outbox.Add(Outgoing.Events(4, 30));
        Assert.Empty(host.Transport.Stored);
        host.Transport.Script = _ => Task.CompletedTask;
        await host.AdvanceUntilAsync(() => host.Outbox.Count == 0, TimeSpan.FromHours(5));
        await host.QuietAsync();
        Assert.Equal(Outgoing.Ids(1, 33), host.Transport.Ids);
        Assert.Single(host.Logged(LogLevel.Warning));
        Assert.Single(host.Logged(LogLevel.Information));
    }

    [Fact]
    public async Task TransportDown_ForLong_TriesAtMostEveryHalfMaxBackoff()
    {
        await using var host = new OutboxHost();
        host.Transport.Script = _ => throw _down;
        host.Outbox.Add(Outgoing.Events(1, 1));
        await host.StartAsync();
        var passed = await host.AdvanceUntilAsync(() => host.Transport.Attempts >= 30, TimeSpan.FromHours(5));
        // The first nine pauses double from 100 ms; the others are 15 to 30 s each.
        Assert.True(passed >= TimeSpan.FromSeconds(15 * 20), $"30 attempts in {passed}.");
    }

    [Fact]
    public async Task OneRefusedForGood_OthersAreMovedInOrder()
    {
        await using var host = new OutboxHost();
        host.Transport.Script = batch => batch.Any(outgoing => outgoing.Event.Id == "4")
            ? throw new EventRejectedException("CN0000 not this one")
            : Task.CompletedTask;
        host.Outbox.Add(Outgoing.Events(1, 9));
        await host.StartAsync();
        await host.QuietAsync();
        Assert.Equal(["1", "2", "3", "5", "6", "7", "8", "9"], host.Transport.Ids);
        Assert.Contains("'orders.db'", Assert.Single(host.Logged(LogLevel.Error)), StringComparison.Ordinal);
        Assert.Equal(1, (await host.Outbox.GetBacklogAsync(TestContext.Current.CancellationToken)).SetAside);
    }

    [Fact]
    public async Task TooLargeOrDelayed_ForThisTransport_IsSetAsideUnsent()
    {
        await using var host = new OutboxHost();
        host.Transport.MaxEventSize = 1_000;
        host.Outbox.Add(Outgoing.Event("1", bytes: 2_000), Outgoing.Event("2"), Outgoing.Event("3", delay: TimeSpan.FromSeconds(1)));
        await host.StartAsync();
        await host.QuietAsync();
        Assert.Equal(["2"], host.Transport.Ids);
        Assert.Equal(2, host.Logged(LogLevel.Error).Count());
    }

    [Fact]
    public async Task DatabaseNotThereYet_TriesAgain()
    {
        await using var host = new OutboxHost();
        host.Outbox.FailsToPrepare = new EventTransportException("CN0000 no such database");
        host.Outbox.Add(Outgoing.Events(1, 1));
        await host.StartAsync();
        await host.AdvanceUntilAsync(() => host.Outbox.Prepared >= 3, TimeSpan.FromHours(5));
        host.Outbox.FailsToPrepare = null;
        await host.AdvanceUntilAsync(() => host.Outbox.Count == 0, TimeSpan.FromHours(5));
        Assert.Equal(["1"], host.Transport.Ids);
    }

    [Fact]
    public async Task DesignTime_TouchesNothing()
    {
        await using var host = new OutboxHost(("CloudNative:Hosting:Mode", "DesignTime"));
        host.Outbox.Add(Outgoing.Events(1, 1));
        await host.StartAsync();
        await host.StopAsync();
        Assert.Equal(0, host.Outbox.Prepared);
        Assert.Equal(1, host.Outbox.Count);
    }

    [Fact]
    public async Task Stop_RowsAreThere_MovesThemFirst()
    {
        await using var host = new OutboxHost();
        host.Outbox.Pushes = false;
        await host.StartAsync();
        host.Outbox.Add(Outgoing.Events(1, 40));
        await host.StopAsync();
        Assert.Equal(Outgoing.Ids(1, 40), host.Transport.Ids);
    }

    [Fact]
    public async Task Stop_TransportIsDown_WaitsForNobodyAndKeepsTheRows()
    {
        await using var host = new OutboxHost();
        host.Transport.Script = _ => throw _down;
        host.Outbox.Add(Outgoing.Events(1, 2));
        await host.StartAsync();
        await host.AdvanceUntilAsync(() => host.Transport.Attempts >= 5, TimeSpan.FromHours(5));
        await host.StopAsync(); // The clock stands still: nothing that waits for it would end.
        Assert.Equal(2, host.Outbox.Count);
    }

    [Fact]
    public async Task Stop_TransportIsJustBack_TriesOnceMoreBeforeThePauseIsOver()
    {
        await using var host = new OutboxHost();
        host.Transport.Script = _ => throw _down;
        host.Outbox.Add(Outgoing.Events(1, 2));
        await host.StartAsync();
        await host.AdvanceUntilAsync(() => host.Transport.Attempts >= 5, TimeSpan.FromHours(5));
        host.Transport.Script = _ => Task.CompletedTask;
        await host.StopAsync();
        Assert.Equal(["1", "2"], host.Transport.Ids);
    }

    [Fact]
    public async Task Stop_WhileHandlersStillFinish_MovesWhatTheyEnqueue()
    {
        var late = new LateWork();
        await using var host = new OutboxHost(services => services.AddSingleton<IHostedService>(late));
        late.Finish = async () =>
        {
            host.Outbox.Add(Outgoing.Events(1, 1));
            await host.QuietAsync();
        };
        await host.StartAsync();
        await host.StopAsync();
        Assert.Equal(["1"], host.Transport.Ids);
    }

    [Fact]
    public async Task WhenNoneReady_TheHostHasStopped_SaysThatTheRestIsNotMoved()
    {
        await using var host = new OutboxHost();
        await host.StartAsync();
        await host.StopAsync();
        await host.QuietAsync();
        host.Outbox.Add(Outgoing.Events(1, 2));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(host.QuietAsync);
        Assert.Contains("2 events", refused.Message, StringComparison.Ordinal);
        Assert.Empty(host.Transport.Ids);
    }

    [Fact]
    public async Task Count_AsRowsComeAndGo_IsExact()
    {
        await using var host = new OutboxHost();
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Transport.Script = _ => go.Task;
        await host.StartAsync();
        host.Outbox.Add(Outgoing.Events(1, 2));
        var busy = await host.Relays.CountAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (busy.Ready, busy.Version));
        go.SetResult();
        await host.QuietAsync();
        var quiet = await host.Relays.CountAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, 2), (quiet.Ready, quiet.Version));
    }

    /// <summary>Ends after the drain, as a handler does that is slow.</summary>
    private sealed class LateWork : IHostedService
    {
        public Func<Task> Finish { get; set; } = () => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Finish();
    }
}
