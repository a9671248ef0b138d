using CloudNative.Embedded.Tests.Support;
using CloudNative.Eventing;
using CloudNative.Testing;

namespace CloudNative.Embedded.Tests.Events;

public sealed class EmbeddedEventTransportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Resolve_Transport_TouchesNoDisk()
    {
        await using var host = new EmbeddedHost(_directory.Combine("data"));
        Assert.IsAssignableFrom<IReplayable>(host.Events);
        Assert.IsAssignableFrom<IDeadLetterStore>(host.Events);
        Assert.False(Directory.Exists(_directory.Combine("data")));
    }

    [Fact]
    public async Task Append_ThenSubscribeAndSettle_DeliversOnceInDensePositions()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync(Sample.Batch(1, 40), Cancelled);
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        var seen = new List<EventDelivery>();
        while (seen.Count < 40)
        {
            var delivery = await sink.NextAsync();
            Assert.Equal(1, delivery.Attempt);
            Assert.True(await delivery.SettleAsync(Settlement.Complete(), Cancelled));
            seen.Add(delivery);
        }

        Assert.Equal(Enumerable.Range(1, 40).Select(position => (long?)position), seen.Select(delivery => delivery.Position).Order());
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancelled));
    }

    [Fact]
    public async Task Append_WhileSubscribed_IsDeliveredInAnotherHost()
    {
        await using var one = new EmbeddedHost(_directory.Path);
        await using var two = new EmbeddedHost(_directory.Path);
        var sink = new Recorder(completes: true);
        await using var subscription = await one.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await two.Events.AppendAsync(Sample.Batch(1, 3), Cancelled);
        Assert.Equal(["1", "2", "3"], (await sink.NextAsync(3)).Select(delivery => delivery.Event.Id).Order());
    }

    [Fact]
    public async Task Append_SameSourceAndId_IsStoredOnce()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await host.Events.AppendAsync([Sample.Outgoing("a"), Sample.Outgoing("b"), Sample.Outgoing("a")], Cancelled);
        await host.Events.AppendAsync([Sample.Outgoing("b"), Sample.Outgoing("c")], Cancelled);
        var sink = new Recorder(completes: true);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        Assert.Equal(
            [("a", 1L), ("b", 2L), ("c", 3L)],
            (await sink.NextAsync(3)).Select(delivery => (delivery.Event.Id, delivery.Position!.Value)).Order());
        Assert.False(sink.HasMore);
    }

    [Fact]
    public async Task Retry_OfAKey_HoldsBackLaterOnesOfThatKeyOnly()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(
            Sample.Spec() with { Ordering = EventOrdering.ByKey }, sink, Cancelled);
        await host.Events.AppendAsync(
            [Sample.Outgoing("a1", "a"), Sample.Outgoing("a2", "a"), Sample.Outgoing("b1", "b")], Cancelled);
        var first = await sink.NextAsync(2);
        Assert.Equal(["a1", "b1"], first.Select(delivery => delivery.Event.Id).Order());
        var a1 = first.Single(delivery => delivery.Event.Id == "a1");
        await a1.SettleAsync(Settlement.Retry(TimeSpan.Zero, Sample.Failure), Cancelled);
        var again = await sink.NextAsync();
        Assert.Equal(("a1", 2), (again.Event.Id, again.Attempt));
        await again.SettleAsync(Settlement.Complete(), Cancelled);
        Assert.Equal("a2", (await sink.NextAsync()).Event.Id);
    }

    [Fact]
    public async Task SecondMember_Joins_GetsItsShareAndTheRestWhenTheFirstLeaves()
    {
        await using var one = new EmbeddedHost(_directory.Path);
        await using var two = new EmbeddedHost(_directory.Path);
        var (first, second) = (new Recorder(completes: true), new Recorder(completes: true));
        var subscription = await one.Events.SubscribeAsync(Sample.Spec(), first, Cancelled);
        await using var other = await two.Events.SubscribeAsync(Sample.Spec(), second, Cancelled);
        for (var number = 1; second.All.IsEmpty; number += 32)
        {
            await one.Events.AppendAsync(Sample.Batch(number, 32), Cancelled);
            await Drained(other);
        }

        await subscription.DisposeAsync();
        var before = second.All.Count;
        await two.Events.AppendAsync(Sample.Batch(100_000, 32), Cancelled);
        await Drained(other);
        Assert.Equal(before + 32, second.All.Count);
        Assert.DoesNotContain(first.All.Concat(second.All).GroupBy(delivery => delivery.Position), group => group.Count() > 1);
    }

    [Fact]
    public async Task DeadLetter_ThenReplay_IsDeliveredAsAFirstAttempt()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var letters = (IDeadLetterStore)host.Events;
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        await host.Events.AppendAsync([Sample.Outgoing("a", "k")], Cancelled);
        await (await sink.NextAsync()).SettleAsync(Settlement.Retry(TimeSpan.Zero, Sample.Failure), Cancelled);
        await (await sink.NextAsync()).SettleAsync(
            Settlement.DeadLetter(Sample.Failure with { Reason = DeadLetterReason.Rejected, Attempt = 2 }), Cancelled);
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery { Topic = "orders", Group = "g" }, Cancelled));
        Assert.Equal(DeadLetterReason.Rejected, letter.Failure.Reason);
        Assert.Equal(2, letter.History.Count);
        Assert.Equal(0, (await subscription.GetBacklogAsync(Cancelled)).Waiting);

        Assert.Equal(1, await letters.ReplayAsync([letter.Id, 4711], Cancelled));
        var again = await sink.NextAsync();
        Assert.Equal(("a", "k", 1, 1L), (again.Event.Id, again.Event.Key, again.Attempt, again.Position));
        await again.SettleAsync(Settlement.Complete(), Cancelled);
        Assert.Null(await letters.FindAsync(letter.Id, Cancelled));
        Assert.Equal(0, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    [Fact]
    public async Task Seek_Back_DeliversAgainAndInvalidatesWhatIsUnderWay()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        var sink = new Recorder();
        await host.Events.AppendAsync(Sample.Batch(1, 5), Cancelled);
        await using var subscription = await host.Events.SubscribeAsync(Sample.Spec(), sink, Cancelled);
        var before = await sink.NextAsync(5);
        Assert.Equal(3, await ((IReplayable)host.Events).SeekAsync("orders", "g", ReplayPoint.At(3), Cancelled));
        var after = await sink.NextAsync(3);
        Assert.Equal([3L, 4, 5], after.Select(delivery => delivery.Position!.Value).Order());
        Assert.False(await before[0].SettleAsync(Settlement.Complete(), Cancelled));
        Assert.True(before[0].Lost.IsCancellationRequested);
        Assert.Equal(3, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    [Fact]
    public async Task Seek_UnknownGroup_IsNotFound()
    {
        await using var host = new EmbeddedHost(_directory.Path);
        await Assert.ThrowsAsync<KeyNotFoundException>(() =>
            ((IReplayable)host.Events).SeekAsync("orders", "g", ReplayPoint.At(3), Cancelled).AsTask());
    }

    private static async Task Drained(IEventSubscription subscription)
    {
        while ((await subscription.GetBacklogAsync(Cancelled)).Waiting > 0)
        {
            await Task.Yield();
        }
    }
}
