using System.Collections.Concurrent;
using CloudNative.Eventing;
using CloudNative.Testing.Conformance.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>Of one key, one event is under way at a time, in the order in which they were stored.</summary>
    [Fact]
    public async Task ByKey_OneKey_OneAfterAnother()
    {
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendNumbersAsync(6, "a");
        foreach (var number in Numbers(6))
        {
            var delivery = await sink.NextAsync();
            Assert.Equal(number, delivery.Event.Id);
            await AssertSilentAsync(sink);
            await CompleteAsync(delivery);
        }
    }

    /// <summary>Keys do not wait for each other.</summary>
    [Fact]
    public async Task ByKey_ManyKeys_GoSideBySide()
    {
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendAsync(Event("a1", "a"), Event("a2", "a"), Event("b1", "b"), Event("c1", "c"), Event("b2", "b"));
        Assert.Equal(["a1", "b1", "c1"], Ids(await sink.NextAsync(3)).Order());
        await AssertSilentAsync(sink);
    }

    /// <summary>Events without a key wait for nobody, and nobody waits for them.</summary>
    [Fact]
    public async Task ByKey_WithoutAKey_WaitForNobody()
    {
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendAsync(Event("1"), Event("a1", "a"), Event("2"), Event("a2", "a"), Event("3"));
        Assert.Equal(["1", "2", "3", "a1"], Ids(await sink.NextAsync(4)).Order());
        await AssertSilentAsync(sink);
    }

    /// <summary>
    /// While an event waits for another attempt, the next of its key waits too, and other keys go on.
    /// </summary>
    [Fact]
    public async Task ByKey_DuringARetry_NextOfTheKeyWaits()
    {
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendAsync(Event("a1", "a"), Event("a2", "a"), Event("b1", "b"), Event("b2", "b"));
        var arrived = (await sink.NextAsync(2)).OrderBy(delivery => delivery.Event.Id, StringComparer.Ordinal).ToList();
        await RetryAsync(arrived[0], TimeSpan.FromMinutes(1));
        await CompleteAsync(arrived[1]);
        var other = await sink.NextAsync();
        Assert.Equal("b2", other.Event.Id);
        await CompleteAsync(other);
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        var again = await sink.NextAsync();
        Assert.Equal(("a1", 2), (again.Event.Id, again.Attempt));
        await AssertSilentAsync(sink);
        await CompleteAsync(again);
        Assert.Equal("a2", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>A retry at once comes before the next of its key.</summary>
    /// <param name="counted">Whether it is retried or released.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ByKey_BackAtOnce_ComesBeforeTheNext(bool counted)
    {
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendNumbersAsync(3, "a");
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var delivery = await sink.NextAsync();
            Assert.Equal("0", delivery.Event.Id);
            Assert.True(await delivery.SettleAsync(
                counted ? Settlement.Retry(TimeSpan.Zero, Failure(delivery)) : Settlement.Release(), Cancelled));
        }

        await CompleteAsync(await sink.NextAsync());
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>When an event is given up and nothing is to wait behind it, the next of its key goes on.</summary>
    [Fact]
    public async Task ByKey_GivenUpWhereDeadLettersAreIndependent_NextGoesOn()
    {
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(
            sink, spec => InOrder(spec) with { DeadLetterOrdering = DeadLetterOrdering.Independent });
        await AppendNumbersAsync(2, "a");
        await GiveUpAsync(await sink.NextAsync());
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>Order holds across processes: while one handles a key, the other gets nothing of it.</summary>
    [Fact]
    public async Task ByKey_TwoProcesses_OneAtATimeAcrossThem()
    {
        Need(TransportCapabilities.Ordered);
        var first = NewSink();
        var second = NewSink();
        await SubscribeFirstAsync(first, InOrder);
        await SubscribeSecondAsync(second, InOrder);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        await AppendNumbersAsync(12, "a");
        for (var number = 0; number < 12; number++)
        {
            await Subject.AdvanceAsync(TimeSpan.FromMilliseconds(100));
            var arrived = Assert.Single(first.Drain().Concat(second.Drain()));
            Assert.Equal($"{number}", arrived.Event.Id);
            await CompleteAsync(arrived);
        }
    }

    /// <summary>When a member leaves, another goes on with its keys, in order.</summary>
    [Fact]
    public async Task ByKey_MemberLeaves_OtherGoesOnInOrder()
    {
        Need(TransportCapabilities.Ordered);
        var first = NewSink();
        var subscription = await SubscribeFirstAsync(first, InOrder);
        await AppendNumbersAsync(4, "a");
        await CompleteAsync(await first.NextAsync());
        await first.NextAsync();
        await subscription.DisposeAsync();
        await AssertGoesOnAsync(["1", "2", "3"], attempt: Subject.CountsHandedBack ? 2 : 1);
    }

    /// <summary>When a member dies, another goes on with its keys, in order.</summary>
    [Fact]
    public async Task ByKey_MemberDies_OtherGoesOnInOrder()
    {
        Need(TransportCapabilities.Ordered);
        NeedSubject(Subject.CanKill, "kill a process");
        var first = NewSink();
        await SubscribeFirstAsync(first, InOrder);
        await AppendNumbersAsync(4, "a");
        await CompleteAsync(await first.NextAsync());
        await first.NextAsync();
        await Subject.KillFirstAsync();
        await AssertGoesOnAsync(["1", "2", "3"], attempt: 2);
    }

    /// <summary>When a holder is paused for longer than its lease, another goes on with its keys, in order.</summary>
    [Fact]
    public async Task ByKey_MemberIsPaused_OtherGoesOnInOrder()
    {
        Need(TransportCapabilities.Ordered);
        NeedSubject(Subject.CanPause, "pause a process");
        var first = NewSink();
        var second = NewSink();
        await SubscribeFirstAsync(first, InOrder);
        await AppendNumbersAsync(3, "a");
        var lost = await first.NextAsync();
        await SubscribeSecondAsync(second, InOrder);
        await Subject.AdvanceSecondAloneAsync(_lease * 1.5);
        var taken = await second.NextAsync();
        Assert.Equal("0", taken.Event.Id);
        await Subject.ResumeFirstAsync();
        Assert.False(await lost.SettleAsync(Settlement.Complete(), Cancelled));
        await AssertSilentAsync(first, second);
        await CompleteAsync(taken);
    }

    /// <summary>A group that asks for no order gets what another waits for.</summary>
    [Fact]
    public async Task ByKey_OtherGroupAsksForNone_GetsThemAtOnce()
    {
        Need(TransportCapabilities.Ordered);
        var ordered = NewSink();
        var other = NewSink();
        await SubscribeFirstAsync(ordered, InOrder);
        await SubscribeFirstAsync(other, spec => spec with { Group = "stock" });
        await AppendNumbersAsync(5, "a");
        await other.NextAsync(5);
        await ordered.NextAsync();
        await AssertSilentAsync(ordered, other);
    }

    /// <summary>
    /// Many keys, two processes with several workers each, random failures: everything is handled, and each key in
    /// order.
    /// </summary>
    [Fact]
    public async Task ByKey_RandomRun_KeepsOrderAndLosesNothing()
    {
        Need(TransportCapabilities.Ordered);
        const int keys = 7;
        const int events = 280;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var handled = Enumerable.Range(0, keys).ToDictionary(key => $"k{key}", _ => new ConcurrentQueue<int>());
        var tries = new ConcurrentDictionary<int, int>();
        var left = events;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Settlement Handle(EventDelivery delivery)
        {
            var number = int.Parse(delivery.Event.Id, System.Globalization.CultureInfo.InvariantCulture);
            var turn = tries.AddOrUpdate(number, 1, (_, before) => before + 1);
            var fate = new Random(seed ^ (number * 31) ^ (turn * 7_919)).Next(10);
            if (fate < 2 && turn < 4)
            {
                return fate == 0 ? Settlement.Release() : Settlement.Retry(TimeSpan.Zero, Failure(delivery));
            }

            handled[delivery.Event.Key!].Enqueue(number);
            if (Interlocked.Decrement(ref left) == 0)
            {
                done.SetResult();
            }

            return Settlement.Complete();
        }

        await using var first = new WorkingSink(4, Handle);
        await using var second = new WorkingSink(4, Handle);
        await using var one = await SubscribeFirstAsync(first, InOrder);
        await using var other = await SubscribeSecondAsync(second, InOrder);
        for (var number = 0; number < events; number += 20)
        {
            await AppendAsync([.. Enumerable.Range(number, 20).Select(item => Event(item, $"k{item % keys}"))]);
        }

        for (var step = 0; !done.Task.IsCompleted && step < 10_000; step++)
        {
            await Subject.AdvanceAsync(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await done.Task.WaitAsync(Patience, TimeProvider.System, Cancelled);
        Assert.All(handled, key => Assert.Equal(key.Value.Order(), key.Value));
        Assert.Equal(Enumerable.Range(0, events), handled.Values.SelectMany(numbers => numbers).Order());
    }

    private async Task AssertGoesOnAsync(IEnumerable<string> expected, int attempt)
    {
        var second = NewSink();
        await SubscribeSecondAsync(second, InOrder);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        foreach (var number in expected)
        {
            var delivery = await second.NextAsync();
            Assert.Equal((number, attempt), (delivery.Event.Id, delivery.Attempt));
            attempt = 1;
            await AssertSilentAsync(second);
            await CompleteAsync(delivery);
        }
    }
}
