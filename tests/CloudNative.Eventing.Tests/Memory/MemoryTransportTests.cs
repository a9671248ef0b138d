using System.Collections.Concurrent;
using CloudNative.Eventing.Memory;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Memory;

public sealed class MemoryTransportTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryStore _store;
    private readonly MemoryTransport _transport;

    public MemoryTransportTests()
    {
        _store = new MemoryStore(_clock, []);
        _transport = new MemoryTransport(_store);
    }

    public void Dispose() => _store.Dispose();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_SinkSettlesInline_DoesNotGoDeeperWithEachEvent()
    {
        var sink = new InlineSink();
        await (await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, sink, Cancelled)).DisposeAsync();
        await _transport.AppendAsync([.. Enumerable.Range(0, 100_000).Select(Event)], Cancelled);
        await using var subscription = await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, sink, Cancelled);
        await _store.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(100_000, sink.Count);
    }

    [Fact]
    public async Task Append_AllGroupsArePast_KeepsTheLastThousandOnly()
    {
        await using var subscription = await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, new InlineSink(), Cancelled);
        for (var number = 0; number < 5_000; number++)
        {
            await _transport.AppendAsync([Event(number)], Cancelled);
        }

        Assert.Equal(4_001, await _transport.SeekAsync("orders", "mail", ReplayPoint.At(1), Cancelled));
    }

    [Fact]
    public async Task Append_GroupIsBehind_KeepsWhatItHasNotReached()
    {
        await (await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, new InlineSink(), Cancelled)).DisposeAsync();
        for (var number = 0; number < 5_000; number++)
        {
            await _transport.AppendAsync([Event(number)], Cancelled);
        }

        var sink = new InlineSink();
        await using var subscription = await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, sink, Cancelled);
        await _store.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.Equal(5_000, sink.Count);
    }

    [Fact]
    public async Task Count_DelayedAndReady_TellsThemApart()
    {
        await using var subscription = await _transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, new KeepingSink(), Cancelled);
        await _transport.AppendAsync([Event(1), Event(2) with { Delay = TimeSpan.FromHours(1) }], Cancelled);
        var before = _store.Count();
        Assert.Equal((1, 1), (before.Ready, before.Scheduled));
        Assert.Equal(_clock.GetUtcNow().AddHours(1), Assert.Single(_store.ListScheduled()).Due);
        _clock.Advance(TimeSpan.FromHours(1));
        var after = _store.Count();
        Assert.Equal((2, 0), (after.Ready, after.Scheduled));
        Assert.True(after.Version > before.Version);
    }

    [Fact]
    public async Task Deliver_NothingRetried_AllocatesLittleBesidesTheEvent()
    {
        const int events = 20_000;
        using var store = new MemoryStore(TimeProvider.System, []); // The virtual clock allocates by itself.
        var transport = new MemoryTransport(store);
        await using var subscription = await transport.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, new InlineSink(), Cancelled);
        OutgoingEvent[][] batches = [.. Enumerable.Range(0, events).Select(number => (OutgoingEvent[])[Event(number)])];
        foreach (var batch in batches.Take(events / 2))
        {
            await transport.AppendAsync(batch, Cancelled);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var batch in batches.Skip(events / 2))
        {
            AssertDone(transport.AppendAsync(batch, Cancelled));
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / (events / 2);
        Assert.True(each <= 80, $"{each} bytes an event");
    }

    private static void AssertDone(ValueTask task) => Assert.True(task.IsCompletedSuccessfully);

    private static void AssertCounted(ValueTask<bool> task) => Assert.True(task.IsCompletedSuccessfully && task.Result);

    private static OutgoingEvent Event(int number) =>
        new("orders", new EventEnvelope { Id = $"{number}", Source = "/services/test", Type = "orders.placed.v1" });

    private sealed class InlineSink : IDeliverySink
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Deliver(EventDelivery delivery)
        {
            Interlocked.Increment(ref _count);
            AssertCounted(delivery.SettleAsync(Settlement.Complete(), CancellationToken.None));
        }

        public void StateChanged(SubscriptionState state, string? reason)
        {
        }
    }

    private sealed class KeepingSink : IDeliverySink
    {
        public ConcurrentQueue<EventDelivery> Deliveries { get; } = new();

        public void Deliver(EventDelivery delivery) => Deliveries.Enqueue(delivery);

        public void StateChanged(SubscriptionState state, string? reason)
        {
        }
    }
}
