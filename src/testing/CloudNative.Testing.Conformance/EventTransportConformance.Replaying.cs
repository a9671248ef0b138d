using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>A group that goes back to a position gets everything from there again, as first attempts.</summary>
    /// <param name="position">Where it goes; what is before the first means the first.</param>
    /// <param name="expected">What it gets first.</param>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    public async Task Seek_Back_GetsEverythingFromThereAgain(int position, int expected)
    {
        var replay = NeedReplay();
        var sink = NewSink();
        await SubscribeSecondAsync(sink);
        await AppendNumbersAsync(6);
        await RetryAsync((await sink.NextAsync(6))[0]);
        await sink.NextAsync();
        Assert.Equal(expected, await replay.SeekAsync(Topic, Group, ReplayPoint.At(position), Cancelled));
        var again = (await sink.NextAsync(7 - expected)).OrderBy(delivery => delivery.Position).ToList();
        Assert.Equal(Numbers(6).Skip(expected - 1), Ids(again));
        Assert.All(again, delivery => Assert.Equal(1, delivery.Attempt));
        await AssertSilentAsync(sink);
    }

    /// <summary>A group can go back over what it has handled.</summary>
    [Fact]
    public async Task Seek_OverHandledEvents_GetsThemAgain()
    {
        var replay = NeedReplay();
        var sink = NewSink();
        var subscription = await SubscribeSecondAsync(sink);
        await AppendNumbersAsync(5);
        await CompleteAsync(await sink.NextAsync(5));
        await replay.SeekAsync(Topic, Group, ReplayPoint.At(3), Cancelled);
        Assert.Equal(3, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        var again = await sink.NextAsync(3);
        Assert.Equal(["2", "3", "4"], Ids(again.OrderBy(delivery => delivery.Position)));
        await CompleteAsync(again);
        await AssertSilentAsync(sink);
        Assert.Equal(new EventBacklog(0, null), await subscription.GetBacklogAsync(Cancelled));
    }

    /// <summary>A group that goes forward does not get what it passed over.</summary>
    [Fact]
    public async Task Seek_Forward_PassesOver()
    {
        var replay = NeedReplay();
        var sink = NewSink();
        await SubscribeFirstAsync(sink, OneAtATime);
        await AppendNumbersAsync(6);
        await sink.NextAsync();
        Assert.Equal(5, await replay.SeekAsync(Topic, Group, ReplayPoint.At(5), Cancelled));
        var next = await sink.NextAsync();
        Assert.Equal("4", next.Event.Id);
        await CompleteAsync(next);
        Assert.Equal("5", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>Past the end means the next to be stored.</summary>
    [Fact]
    public async Task Seek_PastTheEnd_GetsTheNext()
    {
        var replay = NeedReplay();
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendNumbersAsync(3);
        await sink.NextAsync(3);
        Assert.Equal(4, await replay.SeekAsync(Topic, Group, ReplayPoint.At(1_000), Cancelled));
        await AssertSilentAsync(sink);
        await AppendAsync(Event("3"));
        Assert.Equal("3", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>A time means the first event that was stored at it or later.</summary>
    /// <param name="seconds">The time, in seconds after the first event; the second follows after 60.</param>
    /// <param name="expected">The position that follows.</param>
    [Theory]
    [InlineData(-3_600, 1)]
    [InlineData(0, 1)]
    [InlineData(30, 2)]
    [InlineData(60, 2)]
    [InlineData(90, 3)]
    [InlineData(3_600, 3)]
    public async Task Seek_ToATime_GoesToTheFirstStoredThen(int seconds, int expected)
    {
        var replay = NeedReplay();
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("0"));
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(60));
        await AppendAsync(Event("1"));
        var stored = (await sink.NextAsync(2)).Min(delivery => delivery.Stored);
        var point = ReplayPoint.Since(stored.AddSeconds(seconds));
        Assert.Equal(expected, await replay.SeekAsync(Topic, Group, point, Cancelled));
    }

    /// <summary>What is under way when the group is moved has lost its lease.</summary>
    [Fact]
    public async Task Seek_WhileHandling_LosesTheLease()
    {
        var replay = NeedReplay();
        var sink = NewSink();
        await SubscribeSecondAsync(sink, OneAtATime);
        await AppendNumbersAsync(3);
        var lost = await sink.NextAsync();
        await replay.SeekAsync(Topic, Group, ReplayPoint.At(2), Cancelled);
        Assert.False(await lost.SettleAsync(Settlement.Retry(TimeSpan.Zero, Failure(lost)), Cancelled));
        await AssertLostAsync(lost);
        var next = await sink.NextAsync();
        Assert.Equal("1", next.Event.Id);
        await CompleteAsync(next);
        Assert.Equal("2", (await sink.NextAsync()).Event.Id);
    }

    /// <summary>What was due for another attempt is forgotten.</summary>
    [Fact]
    public async Task Seek_RetryIsDueLater_IsForgotten()
    {
        var replay = NeedReplay();
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await RetryAsync(await sink.NextAsync(), TimeSpan.FromMinutes(1));
        await replay.SeekAsync(Topic, Group, ReplayPoint.At(2), Cancelled);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(2));
        await AssertSilentAsync(sink);
        Assert.Equal(0, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>Order by key begins anew where the group was put.</summary>
    [Fact]
    public async Task Seek_OrderedByKey_GoesOnInOrder()
    {
        var replay = NeedReplay();
        Need(TransportCapabilities.Ordered);
        var sink = NewSink();
        await SubscribeFirstAsync(sink, InOrder);
        await AppendNumbersAsync(4, "a");
        await CompleteAsync(await sink.NextAsync());
        await sink.NextAsync();
        await replay.SeekAsync(Topic, Group, ReplayPoint.At(1), Cancelled);
        foreach (var number in Numbers(4))
        {
            var delivery = await sink.NextAsync();
            Assert.Equal(number, delivery.Event.Id);
            await AssertSilentAsync(sink);
            await CompleteAsync(delivery);
        }
    }

    /// <summary>Other groups stay where they are.</summary>
    [Fact]
    public async Task Seek_OneGroup_LeavesOthers()
    {
        var replay = NeedReplay();
        var mail = NewSink();
        var stock = NewSink();
        await SubscribeFirstAsync(mail);
        await SubscribeFirstAsync(stock, spec => spec with { Group = "stock" });
        await AppendNumbersAsync(2);
        var held = await stock.NextAsync(2);
        await mail.NextAsync(2);
        await replay.SeekAsync(Topic, Group, ReplayPoint.At(1), Cancelled);
        await mail.NextAsync(2);
        await AssertSilentAsync(stock);
        await CompleteAsync(held);
    }

    /// <summary>A topic or group that nobody knows is said to be so.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="group">The group.</param>
    [Theory]
    [InlineData("unknown", Group)]
    [InlineData(Topic, "unknown")]
    public async Task Seek_UnknownGroup_Throws(string topic, string group)
    {
        var replay = NeedReplay();
        await SubscribeFirstAsync(NewSink());
        await AppendAsync(Event("1"));
        await Assert.ThrowsAsync<KeyNotFoundException>(() =>
            replay.SeekAsync(topic, group, ReplayPoint.At(1), Cancelled).AsTask());
    }
}
