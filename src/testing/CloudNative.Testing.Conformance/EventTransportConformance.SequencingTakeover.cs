using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>
    /// When a member leaves, or everything is started again, what waits goes on waiting, and comes in its turn.
    /// </summary>
    /// <param name="restart">Whether everything is started again.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sequenced_HandedOver_GoesOnWaiting(bool restart)
    {
        var letters = NeedSequence();
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink, InOrder);
        await AppendAsync(Event("a0", "a"), Event("a1", "a"), Event("a2", "a"));
        await GiveUpAsync(await NextOfAsync(sink, "a0"));
        if (restart)
        {
            NeedRestart();
            await Subject.RestartAsync();
            letters = NeedSequence();
        }
        else
        {
            await subscription.DisposeAsync();
        }

        await AppendAsync(Event("a3", "a"));
        var second = NewSink();
        await SubscribeSecondAsync(second, InOrder);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        await AssertWaitAsync(letters, "a1", "a2", "a3");
        await AssertSilentAsync(second);
        await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled);
        await AssertFollowAsync(second, "a0", "a1", "a2", "a3");
    }

    /// <summary>
    /// A process that dies while it handles a replayed one is replaced by another, and the rest still follows in order.
    /// </summary>
    [Fact]
    public async Task Sequenced_DiesInTheReplayedOne_RestStillFollows()
    {
        NeedSequence();
        NeedSubject(Subject.CanKill, "kill a process");
        var letters = Assert.IsAssignableFrom<IDeadLetterStore>(Subject.Second);
        var sink = await HoldAsync(letters, 2);
        await letters.ReplayAsync([(await ListAsync(letters, isWaiting: false))[0].Id], Cancelled);
        await NextOfAsync(sink, "a0");
        await Subject.KillFirstAsync();
        await AppendAsync(Subject.Second, Event("a3", "a"));
        var second = NewSink();
        await SubscribeSecondAsync(second, InOrder);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        var again = await NextOfAsync(second, "a0");
        Assert.Equal(2, again.Attempt);
        await CompleteAsync(again);
        await AssertFollowAsync(second, "a1", "a2", "a3");
    }

    /// <summary>What follows an event that takes its process along each time waits, too.</summary>
    [Fact]
    public async Task Sequenced_GivenUpBecauseItsProcessDied_SuccessorsWait()
    {
        NeedSequence();
        NeedSubject(Subject.CanKill, "kill a process");
        var letters = Assert.IsAssignableFrom<IDeadLetterStore>(Subject.Second);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => InOrder(spec) with { MaxAttempts = 1 });
        await AppendAsync(Event("a0", "a"), Event("a1", "a"), Event("b0", "b"));
        await sink.NextAsync(2);
        await Subject.KillFirstAsync();
        var second = NewSink();
        await SubscribeSecondAsync(second, spec => InOrder(spec) with { MaxAttempts = 1 });
        await AppendAsync(Subject.Second, Event("a2", "a"));
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        await AssertWaitAsync(letters, "a1", "a2");
        await AssertSilentAsync(second);
        foreach (var letter in await ListAsync(letters, isWaiting: false))
        {
            Assert.Equal(DeadLetterReason.ProcessDied, letter.Failure.Reason);
        }

        var first = (await ListAsync(letters, isWaiting: false)).Single(letter => letter.Event!.Key == "a");
        await letters.ReplayAsync([first.Id], Cancelled);
        await AssertFollowAsync(second, "a0", "a1", "a2");
    }

    /// <summary>
    /// A group that goes back gets everything from the log, in order and once; nothing waits any more.
    /// </summary>
    [Fact]
    public async Task Sequenced_Seek_ComesFromTheLogAgain()
    {
        var letters = NeedSequence();
        var replay = NeedReplay();
        var sink = await HoldAsync(letters, 2);
        await replay.SeekAsync(Topic, Group, ReplayPoint.At(1), Cancelled);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        await AssertFollowAsync(sink, "a0", "a1", "a2");
        Assert.Equal("a0", Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled)).Event!.Id);
    }

    /// <summary>
    /// Many keys, two processes, random ends, replays and discards: each key is handled in the order in which it was
    /// stored, what was discarded left out.
    /// </summary>
    [Fact]
    public async Task Sequenced_RandomRun_HandlesEachKeyAsAModelDoes()
    {
        var letters = NeedSequence();
        const int keys = 5;
        const int events = 120;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var handled = Enumerable.Range(0, keys).ToDictionary(key => $"k{key}", _ => new List<string>());
        var discarded = new HashSet<string>();
        var (first, second) = (NewSink(), NewSink());
        await SubscribeFirstAsync(first, InOrder);
        await SubscribeSecondAsync(second, InOrder);
        var published = 0;
        int Count() => handled.Values.Sum(list => list.Count);
        for (var step = 0; Count() + discarded.Count < events; step++)
        {
            Assert.True(step < 5_000, $"It does not come to an end: {Count()} are handled, {discarded.Count} discarded.");
            for (var more = random.Next(6); more > 0 && published < events; more--)
            {
                await AppendAsync(Event(published, $"k{published % keys}"));
                published++;
            }

            await Subject.AdvanceAsync(TimeSpan.FromMilliseconds(50));
            foreach (var delivery in first.Drain().Concat(second.Drain()))
            {
                await EndAsync(delivery, random.Next(10), handled[delivery.Event.Key!]);
            }

            await ActAsync(letters, random, discarded);
        }

        Assert.All(handled, key => Assert.Equal(
            Numbers(events).Where((number, index) => $"k{index % keys}" == key.Key && !discarded.Contains(number)),
            key.Value));
        await AssertSilentAsync(first, second);
    }

    private async Task EndAsync(EventDelivery delivery, int fate, List<string> handled)
    {
        if (fate < 3)
        {
            await GiveUpAsync(delivery);
        }
        else if (fate == 3)
        {
            await RetryAsync(delivery);
        }
        else
        {
            handled.Add(delivery.Event.Id);
            await CompleteAsync(delivery);
        }
    }

    // As a person does who sees no order: replays some, seldom discards one.
    private static async Task ActAsync(IDeadLetterStore letters, Random random, HashSet<string> discarded)
    {
        var all = await letters.ListAsync(new DeadLetterQuery { Limit = 1_000 }, Cancelled);
        if (all.Count == 0)
        {
            return;
        }

        var picked = Enumerable.Range(0, random.Next(1, 4)).Select(_ => all[random.Next(all.Count)]).Distinct().ToList();
        if (random.Next(8) > 0)
        {
            await letters.ReplayAsync([.. picked.Select(letter => letter.Id)], Cancelled);
        }
        else if (await letters.DiscardAsync([picked[0].Id], Cancelled) == 1)
        {
            discarded.Add(picked[0].Event!.Id);
        }
    }
}
