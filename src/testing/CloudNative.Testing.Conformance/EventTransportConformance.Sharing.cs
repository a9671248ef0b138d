using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>Each group gets each event.</summary>
    [Fact]
    public async Task Groups_Two_EachGetsEverything()
    {
        var mail = NewSink();
        var stock = NewSink();
        await SubscribeFirstAsync(mail);
        await SubscribeSecondAsync(stock, spec => spec with { Group = "stock" });
        await AppendNumbersAsync(10);
        Assert.Equal(Numbers(10), Ids((await mail.NextAsync(10)).OrderBy(delivery => delivery.Position)));
        Assert.Equal(Numbers(10), Ids((await stock.NextAsync(10)).OrderBy(delivery => delivery.Position)));
        await AssertSilentAsync(mail, stock);
    }

    /// <summary>The members of a group share its events, in one process and across processes; nobody gets one twice.</summary>
    [Fact]
    public async Task Members_OfOneGroup_ShareWithoutOverlap()
    {
        var sinks = new[] { NewSink(), NewSink(), NewSink() };
        await SubscribeFirstAsync(sinks[0], spec => spec with { MaxInFlight = 4 });
        await SubscribeFirstAsync(sinks[1], spec => spec with { MaxInFlight = 4 });
        await SubscribeSecondAsync(sinks[2], spec => spec with { MaxInFlight = 4 });
        await AppendNumbersAsync(60);
        var got = new List<string>();
        while (got.Count < 60)
        {
            await Subject.AdvanceAsync(TimeSpan.Zero);
            var arrived = sinks.SelectMany(sink => sink.Drain()).ToList();
            if (arrived.Count == 0)
            {
                arrived.Add(await await Task.WhenAny(sinks.Select(sink => sink.NextAsync())));
                Assert.Fail("All members have credit and events wait, but none came.");
            }

            got.AddRange(Ids(arrived));
            await CompleteAsync(arrived);
        }

        Assert.Equal(Numbers(60).Order(), got.Order());
        await AssertSilentAsync(sinks);
    }

    /// <summary>A member that is busy does not keep events from another that is not.</summary>
    [Fact]
    public async Task Members_OneIsFull_OtherGetsTheRest()
    {
        var full = NewSink();
        var free = NewSink();
        await SubscribeFirstAsync(full, OneAtATime);
        await AppendNumbersAsync(5);
        Assert.Equal("0", (await full.NextAsync()).Event.Id);
        await SubscribeSecondAsync(free);
        Assert.Equal(["1", "2", "3", "4"], Ids(await free.NextAsync(4)).Order());
        await AssertSilentAsync(full, free);
    }

    /// <summary>A new group that asks for the oldest gets what was stored before it.</summary>
    [Fact]
    public async Task Start_Oldest_GetsWhatIsStored()
    {
        NeedLog();
        await AppendNumbersAsync(3);
        var sink = NewSink();
        await SubscribeSecondAsync(sink, FromOldest);
        await AppendAsync(Event("3"));
        Assert.Equal(Numbers(4), Ids((await sink.NextAsync(4)).OrderBy(delivery => delivery.Position)));
    }

    /// <summary>A new group that asks for the next gets only what is stored once it is there.</summary>
    [Fact]
    public async Task Start_Next_GetsOnlyWhatComes()
    {
        await AppendNumbersAsync(3);
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendAsync(Event("3"));
        Assert.Equal("3", (await sink.NextAsync()).Event.Id);
        await AssertSilentAsync(sink);
    }

    /// <summary>A group that was here before goes on where it stopped, whatever its members ask for.</summary>
    /// <param name="start">What the later member asks for.</param>
    [Theory]
    [InlineData(EventStart.Oldest)]
    [InlineData(EventStart.Next)]
    public async Task Start_GroupWasHere_GoesOnWhereItStopped(EventStart start)
    {
        var before = NewSink();
        var subscription = await SubscribeFirstAsync(before);
        await AppendAsync(Event("0"), Event("1"));
        await CompleteAsync(await before.NextAsync(2));
        await subscription.DisposeAsync();
        await AppendAsync(Event("2"), Event("3"));
        var after = NewSink();
        await SubscribeSecondAsync(after, spec => spec with { Start = start });
        Assert.Equal(["2", "3"], Ids((await after.NextAsync(2)).OrderBy(delivery => delivery.Position)));
        await AssertSilentAsync(after);
    }

    /// <summary>Names of groups mean nothing beyond their topic.</summary>
    [Fact]
    public async Task Groups_OfOneNameOnTwoTopics_AreTwo()
    {
        var orders = NewSink();
        var bills = NewSink();
        await SubscribeFirstAsync(orders);
        await SubscribeFirstAsync(bills, spec => spec with { Topic = "bills" });
        await AppendAsync(Event("1"));
        Assert.Equal("1", (await orders.NextAsync()).Event.Id);
        await AssertSilentAsync(orders, bills);
    }

    /// <summary>Names are compared as they are written.</summary>
    [Fact]
    public async Task Groups_NamesInOtherCase_AreOthers()
    {
        var lower = NewSink();
        var upper = NewSink();
        await SubscribeFirstAsync(lower);
        await SubscribeFirstAsync(upper, spec => spec with { Group = Group.ToUpperInvariant() });
        await AppendAsync(Event("1"));
        await lower.NextAsync();
        await upper.NextAsync();
    }

    /// <summary>Once a subscription is returned, what any process publishes reaches it.</summary>
    [Fact]
    public async Task Subscribe_Returned_GetsWhatAnyProcessPublishes()
    {
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink, spec => spec with { MaxAttempts = 7 });
        await AppendAsync(Subject.Second, Event("2"));
        await AppendAsync(Subject.First, Event("1"));
        Assert.Equal(["1", "2"], Ids(await sink.NextAsync(2)).Order());
        Assert.Equal((Topic, Group, 7), (subscription.Spec.Topic, subscription.Spec.Group, subscription.Spec.MaxAttempts));
    }

    /// <summary>A first delivery says that it is the first attempt, and when the event was stored.</summary>
    [Fact]
    public async Task Deliver_First_SaysAttemptAndTime()
    {
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1));
        var before = Subject.Now;
        await AppendAsync(Event("1"));
        var delivery = await sink.NextAsync();
        Assert.Equal(1, delivery.Attempt);
        Assert.InRange(delivery.Stored, before.AddMilliseconds(-1), Subject.Now.AddMilliseconds(1));
        Assert.False(delivery.Lost.IsCancellationRequested);
    }

    /// <summary>With broadcast every process gets every event.</summary>
    [Fact]
    public async Task Broadcast_TwoProcesses_EachGetsEverything()
    {
        Need(TransportCapabilities.Broadcast);
        var first = NewSink();
        var second = NewSink();
        await SubscribeFirstAsync(first, spec => spec with { Broadcast = true });
        await SubscribeSecondAsync(second, spec => spec with { Broadcast = true });
        await AppendNumbersAsync(5);
        Assert.Equal(Numbers(5), Ids((await first.NextAsync(5)).OrderBy(delivery => delivery.Position)));
        Assert.Equal(Numbers(5), Ids((await second.NextAsync(5)).OrderBy(delivery => delivery.Position)));
        await AssertSilentAsync(first, second);
    }

    /// <summary>A subscription for broadcast is forgotten when it ends.</summary>
    [Fact]
    public async Task Broadcast_Ended_IsForgotten()
    {
        Need(TransportCapabilities.Broadcast);
        var first = NewSink();
        await (await SubscribeFirstAsync(first, spec => spec with { Broadcast = true })).DisposeAsync();
        await AppendAsync(Event("1"));
        var again = NewSink();
        var subscription = await SubscribeFirstAsync(again, spec => spec with { Broadcast = true });
        await AppendAsync(Event("2"));
        Assert.Equal("2", (await again.NextAsync()).Event.Id);
        Assert.Equal(1, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        await AssertSilentAsync(first, again);
    }

    /// <summary>Groups share beside those that get everything.</summary>
    [Fact]
    public async Task Broadcast_BesideAGroup_TakesNothingFromIt()
    {
        Need(TransportCapabilities.Broadcast);
        var every = NewSink();
        var shared = NewSink();
        await SubscribeFirstAsync(every, spec => spec with { Broadcast = true, Group = "every" });
        await SubscribeSecondAsync(shared);
        await AppendNumbersAsync(3);
        await every.NextAsync(3);
        await shared.NextAsync(3);
        await AssertSilentAsync(every, shared);
    }

    /// <summary>A retry in one process is none in another.</summary>
    [Fact]
    public async Task Broadcast_RetriedInOne_IsNotRetriedInTheOther()
    {
        Need(TransportCapabilities.Broadcast);
        var first = NewSink();
        var second = NewSink();
        await SubscribeFirstAsync(first, spec => spec with { Broadcast = true });
        await SubscribeSecondAsync(second, spec => spec with { Broadcast = true });
        await AppendAsync(Event("1"));
        await CompleteAsync(await second.NextAsync());
        await RetryAsync(await first.NextAsync());
        Assert.Equal(2, (await first.NextAsync()).Attempt);
        await AssertSilentAsync(first, second);
    }
}
