using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>A completed event does not come again, to nobody of the group.</summary>
    [Fact]
    public async Task Complete_MemberLeavesAndComes_EventStaysHandled()
    {
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await CompleteAsync(await sink.NextAsync());
        await subscription.DisposeAsync();
        var after = NewSink();
        await SubscribeSecondAsync(after, FromOldest);
        await AssertSilentAsync(sink, after);
    }

    /// <summary>Events need not be settled in the order in which they came.</summary>
    [Fact]
    public async Task Complete_InOtherOrder_LeavesTheRest()
    {
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink);
        await AppendNumbersAsync(6);
        var arrived = (await sink.NextAsync(6)).OrderBy(delivery => delivery.Position).ToList();
        await CompleteAsync([arrived[5], arrived[1], arrived[3]]);
        await subscription.DisposeAsync();
        var after = NewSink();
        await SubscribeSecondAsync(after);
        Assert.Equal(["0", "2", "4"], Ids((await after.NextAsync(3)).OrderBy(delivery => delivery.Position)));
        await AssertSilentAsync(after);
    }

    /// <summary>A retry without a delay comes again at once, and the attempt is counted.</summary>
    [Fact]
    public async Task Retry_AtOnce_ComesAgainAndCounts()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var delivery = await sink.NextAsync();
            Assert.Equal(("1", attempt), (delivery.Event.Id, delivery.Attempt));
            AssertPosition(1, delivery);
            await RetryAsync(delivery);
            Assert.Equal(attempt, delivery.Attempt);
        }
    }

    /// <summary>A retry with a delay does not come before it is over, and comes then.</summary>
    [Fact]
    public async Task Retry_WithDelay_ComesWhenItIsOver()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await RetryAsync(await sink.NextAsync(), TimeSpan.FromMinutes(5));
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(5) - Subject.Precision);
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(2 * Subject.Precision);
        Assert.Equal(2, (await sink.NextAsync()).Attempt);
    }

    /// <summary>While one event waits for another attempt, others go on.</summary>
    [Fact]
    public async Task Retry_WithDelay_HoldsNobodyElse()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, OneAtATime);
        await AppendNumbersAsync(4);
        await RetryAsync(await sink.NextAsync(), TimeSpan.FromHours(1));
        foreach (var number in (string[])["1", "2", "3"])
        {
            var delivery = await sink.NextAsync();
            Assert.Equal(number, delivery.Event.Id);
            await CompleteAsync(delivery);
        }

        await AssertSilentAsync(sink);
    }

    /// <summary>Attempts are counted across the members of a group.</summary>
    [Fact]
    public async Task Retry_NextAttemptElsewhere_CountsOn()
    {
        var first = NewSink();
        var subscription = await SubscribeFirstAsync(first);
        await AppendAsync(Event("1"));
        await RetryAsync(await first.NextAsync());
        await RetryAsync(await first.NextAsync(), TimeSpan.FromSeconds(5));
        await subscription.DisposeAsync();
        var second = NewSink();
        await SubscribeSecondAsync(second);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(3, (await second.NextAsync()).Attempt);
    }

    /// <summary>A retry in one group is none in another.</summary>
    [Fact]
    public async Task Retry_InOneGroup_IsNoneInAnother()
    {
        var mail = NewSink();
        var stock = NewSink();
        await SubscribeFirstAsync(mail);
        await SubscribeFirstAsync(stock, spec => spec with { Group = "stock" });
        await AppendAsync(Event("1"));
        await CompleteAsync(await stock.NextAsync());
        await RetryAsync(await mail.NextAsync());
        Assert.Equal(2, (await mail.NextAsync()).Attempt);
        await AssertSilentAsync(mail, stock);
    }

    /// <summary>Retries that are due at other times come in the order of those.</summary>
    [Fact]
    public async Task Retry_DifferentDelays_ComeAsTheyFallDue()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendNumbersAsync(3);
        foreach (var delivery in await sink.NextAsync(3))
        {
            var minutes = delivery.Event.Id switch { "0" => 30, "1" => 10, _ => 20 };
            await RetryAsync(delivery, TimeSpan.FromMinutes(minutes));
        }

        foreach (var expected in (string[])["1", "2", "0"])
        {
            await Subject.AdvanceAsync(TimeSpan.FromMinutes(10.01));
            var delivery = await sink.NextAsync();
            Assert.Equal(expected, delivery.Event.Id);
            await CompleteAsync(delivery);
            await AssertSilentAsync(sink);
        }
    }

    /// <summary>A released event comes again, and the attempt is not counted.</summary>
    [Fact]
    public async Task Release_Once_ComesAgainUncounted()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        await RetryAsync(await sink.NextAsync());
        Assert.True(await (await sink.NextAsync()).SettleAsync(Settlement.Release(), Cancelled));
        Assert.Equal(2, (await sink.NextAsync()).Attempt);
    }

    /// <summary>An event that was given up does not come again, and others do.</summary>
    [Fact]
    public async Task DeadLetter_Given_DoesNotComeAgain()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, OneAtATime);
        await AppendAsync(Event("1"), Event("2"));
        await GiveUpAsync(await sink.NextAsync());
        Assert.Equal("2", (await sink.NextAsync()).Event.Id);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(10));
        await AssertSilentAsync(sink);
    }

    /// <summary>A delivery is settled once; who tries again has a bug and is told.</summary>
    [Fact]
    public async Task Settle_Twice_Throws()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        var delivery = await sink.NextAsync();
        await CompleteAsync(delivery);
        await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.SettleAsync(Settlement.Complete(), Cancelled).AsTask());
        await AssertSilentAsync(sink);
    }

    /// <summary>No member has more unsettled events than it asked for.</summary>
    /// <param name="most">How many it asked for.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public async Task Credits_Spent_NothingMoreComes(int most)
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = most });
        await AppendNumbersAsync(40);
        await sink.NextAsync(most);
        await AssertSilentAsync(sink);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        await AssertSilentAsync(sink);
    }

    /// <summary>Each event that is settled lets one more come.</summary>
    [Fact]
    public async Task Credits_Returned_OneMoreComesForEach()
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = 2 });
        await AppendNumbersAsync(10);
        var held = await sink.NextAsync(2);
        for (var left = 8; left > 0; left--)
        {
            await CompleteAsync(held[0]);
            held.RemoveAt(0);
            held.Add(await sink.NextAsync());
            await AssertSilentAsync(sink);
        }
    }

    /// <summary>A credit comes back however a delivery ends.</summary>
    /// <param name="kind">How it ends.</param>
    [Theory]
    [InlineData(SettlementKind.Complete)]
    [InlineData(SettlementKind.Retry)]
    [InlineData(SettlementKind.DeadLetter)]
    [InlineData(SettlementKind.Release)]
    public async Task Credits_AnyEnd_ComesBack(SettlementKind kind)
    {
        var sink = NewSink();
        await SubscribeFirstAsync(sink, OneAtATime);
        await AppendNumbersAsync(3);
        var delivery = await sink.NextAsync();
        Assert.True(await delivery.SettleAsync(
            kind switch
            {
                SettlementKind.Complete => Settlement.Complete(),
                SettlementKind.Release => Settlement.Release(),
                SettlementKind.Retry => Settlement.Retry(TimeSpan.FromHours(1), Failure(delivery)),
                _ => Settlement.DeadLetter(Failure(delivery)),
            },
            Cancelled));
        await sink.NextAsync();
        await AssertSilentAsync(sink);
    }

    /// <summary>Credits are each member's own.</summary>
    [Fact]
    public async Task Credits_TwoMembers_HaveTheirOwn()
    {
        var first = NewSink();
        var second = NewSink();
        await SubscribeFirstAsync(first, spec => spec with { MaxInFlight = 2 });
        await SubscribeSecondAsync(second, spec => spec with { MaxInFlight = 3 });
        await AppendNumbersAsync(20);
        await first.NextAsync(2);
        await second.NextAsync(3);
        await AssertSilentAsync(first, second);
    }

    /// <summary>The backlog counts what waits, what is being handled and what is due for another attempt; not what has ended.</summary>
    [Fact]
    public async Task Backlog_Always_CountsWhatIsNotSettledForGood()
    {
        NeedSubject(Subject.CountsWholeBacklog, "count what is due later");
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = 4 });
        Assert.Equal(new EventBacklog(0, null), await subscription.GetBacklogAsync(Cancelled));
        await AppendNumbersAsync(10);
        Assert.Equal(10, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        var arrived = await sink.NextAsync(4);
        await CompleteAsync(arrived[0]);
        Assert.Equal(9, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        await RetryAsync(arrived[1], TimeSpan.FromHours(1));
        Assert.Equal(9, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        await GiveUpAsync(arrived[2]);
        Assert.Equal(8, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
        Assert.True(await arrived[3].SettleAsync(Settlement.Release(), Cancelled));
        Assert.Equal(8, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>The oldest is the time of what waits longest, also while it is being handled or retried.</summary>
    [Fact]
    public async Task Backlog_Oldest_IsOfWhatWaitsLongest()
    {
        NeedSubject(Subject.CountsWholeBacklog, "tell what waits longest");
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink);
        await AppendAsync(Event("1"));
        var oldest = await sink.NextAsync();
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1));
        await AppendAsync(Event("2"));
        var newer = await sink.NextAsync();
        Assert.Equal(oldest.Stored, (await subscription.GetBacklogAsync(Cancelled)).Oldest);
        await RetryAsync(oldest, TimeSpan.FromHours(1));
        Assert.Equal(oldest.Stored, (await subscription.GetBacklogAsync(Cancelled)).Oldest);
        await Subject.AdvanceAsync(TimeSpan.FromHours(1.1));
        await CompleteAsync(await sink.NextAsync());
        Assert.Equal(newer.Stored, (await subscription.GetBacklogAsync(Cancelled)).Oldest);
        await CompleteAsync(newer);
        Assert.Null((await subscription.GetBacklogAsync(Cancelled)).Oldest);
    }

    /// <summary>The backlog is the group's, whoever asks.</summary>
    [Fact]
    public async Task Backlog_AskedByEachMember_IsTheGroups()
    {
        NeedSubject(Subject.CountsWholeBacklog, "count what other members are handling");
        var first = NewSink();
        var second = NewSink();
        var one = await SubscribeFirstAsync(first, OneAtATime);
        var other = await SubscribeSecondAsync(second, OneAtATime);
        await AppendNumbersAsync(7);
        Assert.Equal(7, (await one.GetBacklogAsync(Cancelled)).Waiting);
        Assert.Equal(7, (await other.GetBacklogAsync(Cancelled)).Waiting);
        await CompleteAsync(await second.NextAsync());
        Assert.Equal(6, (await one.GetBacklogAsync(Cancelled)).Waiting);
        Assert.Equal(6, (await other.GetBacklogAsync(Cancelled)).Waiting);
    }
}
