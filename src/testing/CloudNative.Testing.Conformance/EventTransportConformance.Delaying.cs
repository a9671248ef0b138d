using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>A delayed event does not come before its time, and comes then, as a first attempt.</summary>
    [Fact]
    public async Task Delayed_BeforeItsTime_DoesNotCome()
    {
        Need(TransportCapabilities.Delayed);
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendDelayedAsync(Event("1"), TimeSpan.FromMinutes(10));
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(10) - Subject.Precision);
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(2 * Subject.Precision);
        var delivery = await sink.NextAsync();
        Assert.Equal(("1", 1), (delivery.Event.Id, delivery.Attempt));
    }

    /// <summary>A delayed event holds up nothing that was stored after it.</summary>
    [Fact]
    public async Task Delayed_StoredBeforeOthers_IsOvertaken()
    {
        Need(TransportCapabilities.Delayed);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, OneAtATime);
        await AppendDelayedAsync(Event("late"), TimeSpan.FromMinutes(1));
        await AppendAsync(Event("soon"));
        await CompleteAsync(await sink.NextAsync());
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        var late = await sink.NextAsync();
        Assert.Equal("late", late.Event.Id);
        AssertPosition(1, late);
    }

    /// <summary>Delayed events come in the order in which they fall due.</summary>
    [Fact]
    public async Task Delayed_Several_ComeAsTheyFallDue()
    {
        Need(TransportCapabilities.Delayed);
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendDelayedAsync(Event("3"), TimeSpan.FromMinutes(30));
        await AppendDelayedAsync(Event("1"), TimeSpan.FromMinutes(10));
        await AppendDelayedAsync(Event("2"), TimeSpan.FromMinutes(20));
        foreach (var expected in (string[])["1", "2", "3"])
        {
            await Subject.AdvanceAsync(TimeSpan.FromMinutes(10.01));
            Assert.Equal(expected, (await sink.NextAsync()).Event.Id);
            await AssertSilentAsync(sink);
        }
    }

    /// <summary>A group that comes while an event is held back gets it when it is due.</summary>
    [Fact]
    public async Task Delayed_GroupComesLater_GetsItWhenItIsDue()
    {
        Need(TransportCapabilities.Delayed);
        await AppendDelayedAsync(Event("1"), TimeSpan.FromMinutes(10));
        var sink = NewSink();
        await SubscribeSecondAsync(sink, FromOldest);
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(11));
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
        await AssertSilentAsync(sink);
    }

    /// <summary>Each group gets a delayed event, and it counts in the backlog meanwhile.</summary>
    [Fact]
    public async Task Delayed_TwoGroups_EachGetsIt()
    {
        Need(TransportCapabilities.Delayed);
        var mail = NewSink();
        var stock = NewSink();
        var subscription = await SubscribeFirstAsync(mail);
        await SubscribeSecondAsync(stock, spec => spec with { Group = "stock" });
        await AppendDelayedAsync(Event("1"), TimeSpan.FromMinutes(1));
        if (Subject.CountsWholeBacklog)
        {
            Assert.Equal(1, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        }

        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        await CompleteAsync(await mail.NextAsync());
        await CompleteAsync(await stock.NextAsync());
        Assert.Equal(0, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>An event may be held back for a year.</summary>
    [Fact]
    public async Task Delayed_ForAYear_IsTaken()
    {
        Need(TransportCapabilities.Delayed);
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendDelayedAsync(Event("1"), TimeSpan.FromDays(365));
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(10));
        await AssertSilentAsync(sink);
    }

    /// <summary>A delayed event waits on when everything is started again, and comes.</summary>
    [Fact]
    public async Task Delayed_Restarted_ComesWhenItIsDue()
    {
        Need(TransportCapabilities.Delayed);
        NeedRestart();
        await SubscribeFirstAsync(NewSink());
        await AppendDelayedAsync(Event("1"), TimeSpan.FromMinutes(10));
        await Subject.RestartAsync();
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(10.1));
        Assert.Equal("1", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>An event that is published again is stored once, by whichever process.</summary>
    [Fact]
    public async Task Repeated_SourceAndId_IsStoredOnce()
    {
        Need(TransportCapabilities.Deduplicated);
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Subject.First, Event("1"));
        await AppendAsync(Subject.First, Event("1"));
        await AppendAsync(Subject.Second, Event("1"));
        await AppendAsync(Subject.Second, Event("2"));
        var arrived = await sink.NextAsync(2);
        Assert.Equal(["1", "2"], Ids(arrived.OrderBy(delivery => delivery.Position)));
        Assert.Equal(2, arrived.Max(delivery => delivery.Position));
        await AssertSilentAsync(sink);
    }

    /// <summary>An id means something within its source only.</summary>
    [Fact]
    public async Task Repeated_IdOfAnotherSource_IsAnotherEvent()
    {
        Need(TransportCapabilities.Deduplicated);
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(
            new EventEnvelope { Id = "1", Source = "/a", Type = "t" },
            new EventEnvelope { Id = "1", Source = "/b", Type = "t" },
            new EventEnvelope { Id = "1", Source = "/B", Type = "t" });
        Assert.Equal(3, (await sink.NextAsync(3)).Select(delivery => delivery.Event.Source).Distinct().Count());
    }

    /// <summary>What is repeated in a batch is left out, and the rest of the batch is stored.</summary>
    [Fact]
    public async Task Repeated_InABatch_RestIsStored()
    {
        Need(TransportCapabilities.Deduplicated);
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await AppendAsync(Event("2"), Event("1"), Event("3"), Event("2"), Event("4"));
        var arrived = (await sink.NextAsync(4)).OrderBy(delivery => delivery.Position).ToList();
        Assert.Equal(["1", "2", "3", "4"], Ids(arrived));
        Assert.Equal([1L, 2, 3, 4], arrived.Select(delivery => delivery.Position!.Value));
        await AssertSilentAsync(sink);
    }

    /// <summary>An event that was handled is still known.</summary>
    [Fact]
    public async Task Repeated_AfterItWasHandled_IsKnown()
    {
        Need(TransportCapabilities.Deduplicated);
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await CompleteAsync(await sink.NextAsync());
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(5));
        await AppendAsync(Subject.Second, Event("1"));
        await AssertSilentAsync(sink);
    }

    /// <summary>Of many who publish the same at once, one is stored.</summary>
    [Fact]
    public async Task Repeated_ByManyAtOnce_IsStoredOnce()
    {
        Need(TransportCapabilities.Deduplicated);
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = 100 });
        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => Task.Run(() =>
            AppendAsync(number % 2 == 0 ? Subject.First : Subject.Second, Event(number % 5)))));
        Assert.Equal(Numbers(5), Ids(await sink.NextAsync(5)).Order());
        await AssertSilentAsync(sink);
        Assert.Equal(5, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>A publisher that was killed publishes again when it is back: the event is stored once.</summary>
    [Fact]
    public async Task Repeated_AfterTheProcessDied_IsKnown()
    {
        Need(TransportCapabilities.Deduplicated);
        NeedSubject(Subject.CanKill, "kill a process");
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendAsync(Event("1"));
        await Subject.KillFirstAsync();
        await AppendAsync(Event("1"), Event("2"));
        Assert.Equal(["1", "2"], Ids(await sink.NextAsync(2)).Order());
        await AssertSilentAsync(sink);
    }

    /// <summary>An event is still known when everything was started again.</summary>
    [Fact]
    public async Task Repeated_AfterARestart_IsKnown()
    {
        Need(TransportCapabilities.Deduplicated);
        NeedRestart();
        await SubscribeFirstAsync(NewSink());
        await AppendAsync(Event("1"));
        await Subject.RestartAsync();
        await AppendAsync(Event("1"), Event("2"));
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        Assert.Equal(["1", "2"], Ids((await sink.NextAsync(2)).OrderBy(delivery => delivery.Position)));
        await AssertSilentAsync(sink);
    }
}
