using System.Diagnostics;
using System.Globalization;
using CloudNative.Eventing;
using CloudNative.FaultTests.Support;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Embedded.Events;

public sealed class KilledHandlerTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_InTheMiddleOfHandling_AnotherHandlesItWithinASecond()
    {
        await using var app = new App();
        var agents = await app.StartAsync(2);
        var (first, second) = (new Collector(), new Collector());
        await agents[0].Events.SubscribeAsync(Spec(), first, Cancelled);
        await AppendAsync(agents[1], "1");
        Assert.Equal(1, (await first.NextAsync()).Attempt);
        await agents[1].Events.SubscribeAsync(Spec(), second, Cancelled);

        var killed = Stopwatch.GetTimestamp();
        await agents[0].KillAsync();
        var again = await second.NextAsync();
        var elapsed = Stopwatch.GetElapsedTime(killed);
        TestContext.Current.TestOutputHelper!.WriteLine($"taken over after {elapsed.TotalMilliseconds:F0} ms");
        Assert.Equal(("1", 2), (again.Event.Id, again.Attempt));
        Assert.True(await again.SettleAsync(Settlement.Complete(), Cancelled));
        Assert.True(elapsed < TimeSpan.FromSeconds(1), $"taken over after {elapsed}");
    }

    [Fact]
    public async Task Kill_WhoeverHandlesAnEvent_GivesItUpAfterItsAttempts()
    {
        await using var app = new App();
        var watcher = await app.StartAsync();
        await AppendAsync(watcher, "poison", "2");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var victim = await app.StartAsync();
            var sink = new Collector();
            await victim.Events.SubscribeAsync(Spec() with { MaxInFlight = 1, MaxAttempts = 3 }, sink, Cancelled);
            var delivery = await sink.NextAsync();
            Assert.Equal(("poison", attempt), (delivery.Event.Id, delivery.Attempt));
            await victim.KillAsync();
        }

        var after = new Collector();
        await watcher.Events.SubscribeAsync(Spec() with { MaxInFlight = 1, MaxAttempts = 3 }, after, Cancelled);
        Assert.Equal("2", (await after.NextAsync()).Event.Id);
        var letter = Assert.Single(await ((IDeadLetterStore)watcher.Events).ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(("poison", DeadLetterReason.ProcessDied, 3), (letter.Event!.Id, letter.Failure.Reason, letter.History.Count));
    }

    [Fact]
    public async Task Pause_LongerThanTheLease_AnotherHandlesItAndTheLateOneDoesNotCount()
    {
        await using var app = new App();
        var agents = await app.StartAsync(2);
        var (first, second) = (new Collector(), new Collector());
        await agents[0].Events.SubscribeAsync(Spec(), first, Cancelled);
        await AppendAsync(agents[1], "1");
        var late = await first.NextAsync();
        await agents[1].Events.SubscribeAsync(Spec(), second, Cancelled);

        agents[0].Process.Suspend();
        var again = await second.NextAsync();
        Assert.Equal(("1", 2), (again.Event.Id, again.Attempt));
        agents[0].Process.Resume();
        Assert.False(await late.SettleAsync(Settlement.Complete(), Cancelled));
        Assert.True(await again.SettleAsync(Settlement.Complete(), Cancelled));
        await AppendAsync(agents[1], [.. Enumerable.Range(2, 64).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        Assert.Equal(1, (await first.NextAsync()).Attempt); // It takes part again.
    }

    [Fact]
    public async Task Kill_HandlersAtRandom_LosesNothingAndKeepsTheOrderOfKeys()
    {
        const int kills = 8;
        const int events = 1200;
        const int keys = 24;
        var random = new Random(Environment.ProcessId);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Environment.ProcessId}");
        await using var app = new App();
        var publisher = await app.StartAsync();
        var ledger = new Ledger();
        async Task<AgentProcess> StartHandlerAsync()
        {
            var agent = await app.StartAsync();
            await agent.Events.SubscribeAsync(
                Spec() with { Ordering = EventOrdering.ByKey, MaxAttempts = 1000 }, new Collector(ledger.HandleAsync), Cancelled);
            return agent;
        }

        var handlers = new List<AgentProcess> { await StartHandlerAsync(), await StartHandlerAsync() };
        var publishing = publisher.CallAsync($"publish orders n {events} {keys} 4", Cancelled);
        for (var kill = 0; kill < kills; kill++)
        {
            var target = (kill + 1) * events / (kills + 4);
            while (ledger.Done < target && !publishing.IsFaulted)
            {
                await Task.Delay(5, Cancelled);
            }

            var victim = random.Next(handlers.Count);
            await handlers[victim].KillAsync();
            handlers[victim] = await StartHandlerAsync();
        }

        await publishing;
        var watcher = await publisher.Events.SubscribeAsync(Spec() with { Group = "watcher" }, new Collector(), Cancelled);
        var giveUp = Stopwatch.GetTimestamp();
        var group = await publisher.Events.SubscribeAsync(
            Spec() with { Ordering = EventOrdering.ByKey, MaxAttempts = 1000 }, new Collector(ledger.HandleAsync), Cancelled);
        while ((await group.GetBacklogAsync(Cancelled)).Waiting > 0 && Stopwatch.GetElapsedTime(giveUp) < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(20, Cancelled);
        }

        Assert.Equal(0, (await group.GetBacklogAsync(Cancelled)).Waiting);
        Assert.Equal(events, (await watcher.GetBacklogAsync(Cancelled)).Waiting);
        Assert.Empty(ledger.Violations);
        Assert.Empty(await ((IDeadLetterStore)publisher.Events).ListAsync(new DeadLetterQuery(), Cancelled));
        // A settlement that was committed as its process was killed had no time to say so.
        Assert.InRange(ledger.Done, events - (16 * kills), events);
    }

    private static SubscriptionSpec Spec() =>
        new() { Topic = "orders", Group = "shipping", LeaseDuration = Lease };

    private static async Task AppendAsync(AgentProcess agent, params string[] ids) => await agent.Events.AppendAsync(
        [.. ids.Select(id => new OutgoingEvent("orders", new EventEnvelope { Id = id, Source = "/test", Type = "t.v1" }))], Cancelled);
}
