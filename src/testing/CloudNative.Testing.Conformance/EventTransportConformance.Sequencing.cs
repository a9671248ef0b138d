using CloudNative.Eventing;
using CloudNative.Testing.Conformance.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>
    /// When an event is given up, those of its key wait behind it in the store; other keys, and those without, go on.
    /// </summary>
    [Fact]
    public async Task Sequenced_GivenUp_SuccessorsWaitAndOthersGoOn()
    {
        var letters = NeedSequence();
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink, InOrder);
        await AppendAsync(
            Event("a0", "a"), Event("a1", "a"), Event("b0", "b"), Event("a2", "a"), Event("x"), Event("b1", "b"));
        var arrived = (await sink.NextAsync(3)).ToDictionary(delivery => delivery.Event.Id);
        await GiveUpAsync(arrived["a0"], "why");
        await CompleteAsync([arrived["b0"], arrived["x"]]);
        await CompleteAsync(await NextOfAsync(sink, "b1"));
        await AppendAsync(Event("a3", "a"), Event("b2", "b"));
        await CompleteAsync(await NextOfAsync(sink, "b2"));
        await AssertWaitAsync(letters, "a1", "a2", "a3");
        await AssertSilentAsync(sink);
        var first = Assert.Single(await ListAsync(letters, isWaiting: false));
        Assert.Equal(("a0", "why", 3L, false), (first.Event!.Id, first.Failure.Detail, first.Waiting, first.IsWaiting));
        Assert.All(await ListAsync(letters, isWaiting: true), letter => Assert.Equal(
            (DeadLetterReason.EarlierDeadLetter, 0, 0L),
            (letter.Failure.Reason, letter.Failure.Attempt, letter.Waiting)));
        Assert.Equal(0, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>
    /// A replayed one comes first, then what waits, one after another; what is published meanwhile comes last.
    /// </summary>
    [Fact]
    public async Task Sequenced_Replayed_RestFollowsOneAfterAnother()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 3);
        Assert.Equal(1, await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled));
        for (var number = 0; number < 6; number++)
        {
            var delivery = await NextOfAsync(sink, $"a{number}");
            Assert.Equal(1, delivery.Attempt);
            if (number is 0 or 2)
            {
                await AppendAsync(Event($"a{4 + (number / 2)}", "a"));
            }

            await AssertSilentAsync(sink);
            await CompleteAsync(delivery);
        }

        await AssertSilentAsync(sink);
        Assert.Empty(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        await AppendAsync(Event("a6", "a"));
        await CompleteAsync(await NextOfAsync(sink, "a6"));
    }

    /// <summary>
    /// When the replayed one fails again, the rest goes on waiting; so it is with one that had waited.
    /// </summary>
    [Fact]
    public async Task Sequenced_FailsAgain_RestGoesOnWaiting()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 3);
        await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled);
        await GiveUpAsync(await NextOfAsync(sink, "a0"), "again");
        await AssertSilentAsync(sink);
        var first = Assert.Single(await ListAsync(letters, isWaiting: false));
        Assert.Equal(("a0", "again", 3L), (first.Event!.Id, first.Failure.Detail, first.Waiting));
        await letters.ReplayAsync([first.Id], Cancelled);
        var retried = await NextOfAsync(sink, "a0");
        await RetryAsync(retried);
        await CompleteAsync(await NextOfAsync(sink, "a0"));
        await GiveUpAsync(await NextOfAsync(sink, "a1"), "this too");
        await AssertSilentAsync(sink);
        first = Assert.Single(await ListAsync(letters, isWaiting: false));
        Assert.Equal(("a1", "this too", 2L), (first.Event!.Id, first.Failure.Detail, first.Waiting));
    }

    /// <summary>One that waits cannot be replayed past those before it, nor while one of them is on its way.</summary>
    [Fact]
    public async Task Sequenced_ReplayOutOfTurn_IsPassedOver()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 2);
        var waiting = (await ListAsync(letters, isWaiting: true)).Select(letter => letter.Id).ToList();
        Assert.Equal(0, await letters.ReplayAsync(waiting, Cancelled));
        await AssertSilentAsync(sink);
        var first = (await ListAsync(letters, isWaiting: false))[0].Id;
        Assert.Equal(1, await letters.ReplayAsync([.. waiting, first], Cancelled));
        var delivery = await NextOfAsync(sink, "a0");
        Assert.Equal(0, await letters.ReplayAsync(waiting, Cancelled));
        await AssertSilentAsync(sink);
        await CompleteAsync(delivery);
        await CompleteAsync(await NextOfAsync(sink, "a1"));
        await CompleteAsync(await NextOfAsync(sink, "a2"));
        await AssertSilentAsync(sink);
    }

    /// <summary>When the first is discarded, the rest follows.</summary>
    [Fact]
    public async Task Sequenced_FirstIsDiscarded_RestFollows()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 2);
        Assert.Equal(1, await letters.DiscardAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled));
        var delivery = await NextOfAsync(sink, "a1");
        await AppendAsync(Event("a3", "a"));
        await AssertSilentAsync(sink);
        await CompleteAsync(delivery);
        await CompleteAsync(await NextOfAsync(sink, "a2"));
        await CompleteAsync(await NextOfAsync(sink, "a3"));
        await AssertSilentAsync(sink);
        Assert.Empty(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
    }

    /// <summary>One that waits can be discarded while another is on its way; the others follow without it.</summary>
    [Fact]
    public async Task Sequenced_WaitingOneIsDiscardedMeanwhile_OthersFollow()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 3);
        await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled);
        var delivery = await NextOfAsync(sink, "a0");
        Assert.Equal(1, await letters.DiscardAsync([(await ListAsync(letters, isWaiting: true))[0].Id], Cancelled));
        await AssertSilentAsync(sink);
        await CompleteAsync(delivery);
        await CompleteAsync(await NextOfAsync(sink, "a2"));
        await CompleteAsync(await NextOfAsync(sink, "a3"));
        await AssertSilentAsync(sink);
    }

    /// <summary>When all letters of a key are discarded at once none comes, and its next event goes as ever.</summary>
    [Fact]
    public async Task Sequenced_AllAreDiscarded_KeyGoesOn()
    {
        var letters = NeedSequence();
        var sink = await HoldAsync(letters, 2);
        var all = (await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Select(letter => letter.Id).ToList();
        Assert.Equal(3, await letters.DiscardAsync(all, Cancelled));
        await AssertSilentAsync(sink);
        await AppendAsync(Event("a3", "a"), Event("a4", "a"), Event("a5", "a"));
        foreach (var id in (string[])["a3", "a4", "a5"])
        {
            var delivery = await NextOfAsync(sink, id);
            await AssertSilentAsync(sink);
            await CompleteAsync(delivery);
        }
    }

    /// <summary>Without a key nobody waits, and a replay comes at once.</summary>
    [Fact]
    public async Task Sequenced_WithoutAKey_NobodyWaits()
    {
        var letters = NeedSequence();
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => OneAtATime(InOrder(spec)));
        await AppendNumbersAsync(3);
        await GiveUpAsync(await NextOfAsync(sink, "0"));
        await CompleteAsync(await NextOfAsync(sink, "1"));
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        await letters.ReplayAsync([letter.Id], Cancelled);
        await CompleteAsync(await sink.NextAsync());
        await CompleteAsync(await sink.NextAsync());
        await AssertSilentAsync(sink);
    }

    /// <summary>What waits in one group does not in another.</summary>
    [Fact]
    public async Task Sequenced_OtherGroup_WaitsForNothing()
    {
        var letters = NeedSequence();
        var other = NewSink();
        await SubscribeFirstAsync(other, spec => InOrder(spec) with { Group = "stock" });
        await HoldAsync(letters, 1);
        await CompleteAsync(await NextOfAsync(other, "a0"));
        await CompleteAsync(await NextOfAsync(other, "a1"));
        Assert.Equal(1, await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled));
        await AssertSilentAsync(other);
    }

    /// <summary>An event that was held back until now waits, too, when its key does.</summary>
    [Fact]
    public async Task Sequenced_DelayedEventFallsDue_Waits()
    {
        var letters = NeedSequence();
        Need(TransportCapabilities.Delayed);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendDelayedAsync(Event("late", "a"), TimeSpan.FromMinutes(1));
        await AppendAsync(Event("a0", "a"), Event("a1", "a"));
        await GiveUpAsync(await NextOfAsync(sink, "a0"));
        await AssertWaitAsync(letters, "a1");
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        await AssertWaitAsync(letters, "a1", "late");
        await letters.DiscardAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled);
        await CompleteAsync(await NextOfAsync(sink, "a1"));
        await CompleteAsync(await NextOfAsync(sink, "late"));
        await AssertSilentAsync(sink);
    }

    /// <summary>
    /// Those that wait are many more than a process handles at a time; the next key does not wait for them.
    /// </summary>
    [Fact]
    public async Task Sequenced_ManySuccessors_DoNotStopOtherKeys()
    {
        var letters = NeedSequence();
        const int count = 600;
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => InOrder(spec) with { MaxInFlight = 2 });
        await AppendAsync([.. Enumerable.Range(0, count).Select(number => Event($"a{number}", "a")), Event("b0", "b")]);
        await GiveUpAsync(await NextOfAsync(sink, "a0"));
        await CompleteAsync(await NextOfAsync(sink, "b0"));
        for (var tries = 0; (await ListAsync(letters, isWaiting: false))[0].Waiting < count - 1; tries++)
        {
            Assert.True(tries < 1_000, "Successors should have been put aside, and were not.");
            await Subject.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        }

        var waiting = await letters.ListAsync(
            new DeadLetterQuery { IsWaiting = true, Key = "a", Limit = 1_000 }, Cancelled);
        Assert.Equal(
            Enumerable.Range(1, count - 1).Select(number => $"a{number}"), waiting.Select(letter => letter.Event!.Id));
        await AssertSilentAsync(sink);
    }

    private IDeadLetterStore NeedSequence()
    {
        Need(TransportCapabilities.Ordered);
        Need(TransportCapabilities.SequencedDeadLetters);
        return NeedDeadLetters();
    }

    // a0 is a dead letter of the first process, and so many wait behind it.
    private async Task<RecordingSink> HoldAsync(IDeadLetterStore letters, int waiting)
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendAsync([.. Enumerable.Range(0, waiting + 1).Select(number => Event($"a{number}", "a"))]);
        await GiveUpAsync(await NextOfAsync(sink, "a0"));
        await AssertWaitAsync(letters, [.. Enumerable.Range(1, waiting).Select(number => $"a{number}")]);
        return sink;
    }

    private static async Task<EventDelivery> NextOfAsync(RecordingSink sink, string id)
    {
        var delivery = await sink.NextAsync();
        Assert.Equal(id, delivery.Event.Id);
        return delivery;
    }

    private async Task AssertFollowAsync(RecordingSink sink, params string[] ids)
    {
        foreach (var id in ids)
        {
            var delivery = await NextOfAsync(sink, id);
            await AssertSilentAsync(sink);
            await CompleteAsync(delivery);
        }

        await AssertSilentAsync(sink);
    }

    private static async Task<IReadOnlyList<DeadLetter>> ListAsync(IDeadLetterStore letters, bool isWaiting) =>
        await letters.ListAsync(new DeadLetterQuery { IsWaiting = isWaiting }, Cancelled);

    // They are put aside in the background.
    private async Task AssertWaitAsync(IDeadLetterStore letters, params string[] ids)
    {
        for (var tries = 0; tries < 200 && (await ListAsync(letters, isWaiting: true)).Count < ids.Length; tries++)
        {
            await Subject.AdvanceAsync(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal(ids, (await ListAsync(letters, isWaiting: true)).Select(letter => letter.Event!.Id));
    }
}
