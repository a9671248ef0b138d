using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>A stopped member gets nothing more, and can settle what it has.</summary>
    [Fact]
    public async Task Stop_WithEventsOnLoan_TheyCanBeSettled()
    {
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink, spec => spec with { MaxInFlight = 2 });
        await AppendNumbersAsync(5);
        var held = await sink.NextAsync(2);
        await subscription.StopAsync(Cancelled);
        await CompleteAsync(held);
        await AppendAsync(Event("5"));
        await AssertSilentAsync(sink);
        Assert.Equal(4, (await subscription.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>A stopped member keeps what it has on loan, also for longer than the lease.</summary>
    [Fact]
    public async Task Stop_DrainsForLong_KeepsItsLease()
    {
        var first = NewSink();
        var second = NewSink();
        var subscription = await SubscribeFirstAsync(first);
        await AppendAsync(Event("1"));
        var held = await first.NextAsync();
        await subscription.StopAsync(Cancelled);
        await SubscribeSecondAsync(second);
        for (var step = 0; step < 12; step++)
        {
            await Subject.AdvanceAsync(_lease / 6);
        }

        await AssertSilentAsync(second);
        await CompleteAsync(held);
    }

    /// <summary>When a member has stopped, others get what comes.</summary>
    [Fact]
    public async Task Stop_OneMember_OthersGoOn()
    {
        var first = NewSink();
        var second = NewSink();
        var subscription = await SubscribeFirstAsync(first);
        await SubscribeSecondAsync(second);
        await subscription.StopAsync(Cancelled);
        await AppendNumbersAsync(6);
        Assert.Equal(Numbers(6), Ids(await second.NextAsync(6)).Order());
        await AssertSilentAsync(first);
    }

    /// <summary>Stopping and disposing again is harmless.</summary>
    [Fact]
    public async Task Stop_AndDispose_TwiceAreHarmless()
    {
        var sink = NewSink();
        var subscription = await SubscribeFirstAsync(sink);
        await subscription.StopAsync(Cancelled);
        await subscription.StopAsync(Cancelled);
        await subscription.DisposeAsync();
        await subscription.DisposeAsync();
        await AppendAsync(Event("1"));
        await AssertSilentAsync(sink);
    }

    /// <summary>Disposing hands what is unsettled to the others at once, and the attempt is not counted.</summary>
    [Fact]
    public async Task Dispose_WithEventsOnLoan_ReleasesThemUncounted()
    {
        var first = NewSink();
        var second = NewSink();
        var subscription = await SubscribeFirstAsync(first);
        await AppendNumbersAsync(3);
        var held = await first.NextAsync(3);
        await RetryAsync(held[0]);
        held[0] = await first.NextAsync();
        await SubscribeSecondAsync(second);
        await subscription.DisposeAsync();
        var arrived = await second.NextAsync(3);
        Assert.Equal(Numbers(3), Ids(arrived).Order());
        Assert.All(arrived, delivery => Assert.Equal(delivery.Event.Id == held[0].Event.Id ? 2 : 1, delivery.Attempt));
    }

    /// <summary>What was released by disposing is no longer the old member's to settle.</summary>
    [Fact]
    public async Task Dispose_SettledLater_DoesNotCount()
    {
        var first = NewSink();
        var second = NewSink();
        var subscription = await SubscribeFirstAsync(first);
        await AppendAsync(Event("1"));
        var held = await first.NextAsync();
        await subscription.DisposeAsync();
        Assert.False(await held.SettleAsync(Settlement.Complete(), Cancelled));
        await SubscribeSecondAsync(second);
        await CompleteAsync(await second.NextAsync());
    }

    /// <summary>Without members a group keeps what is published for it.</summary>
    [Fact]
    public async Task Dispose_LastMember_GroupKeepsItsPlace()
    {
        var sink = NewSink();
        await (await SubscribeFirstAsync(sink)).DisposeAsync();
        await AppendNumbersAsync(4);
        var after = NewSink();
        await SubscribeSecondAsync(after);
        Assert.Equal(Numbers(4), Ids((await after.NextAsync(4)).OrderBy(delivery => delivery.Position)));
    }

    /// <summary>When everything was started again, events, places and attempts are as they were.</summary>
    [Fact]
    public async Task Restart_OfEverything_KeepsEventsPlacesAndAttempts()
    {
        NeedRestart();
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await AppendNumbersAsync(4);
        var arrived = (await sink.NextAsync(4)).OrderBy(delivery => delivery.Position).ToList();
        await CompleteAsync([arrived[0], arrived[2]]);
        await RetryAsync(arrived[1], TimeSpan.FromMinutes(5));
        await Subject.RestartAsync();
        var after = NewSink();
        await SubscribeSecondAsync(after);
        var left = await after.NextAsync();
        Assert.Equal("3", left.Event.Id);
        AssertPosition(4, left);
        await CompleteAsync(left);
        await AssertSilentAsync(after);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(5.1));
        var retried = await after.NextAsync();
        Assert.Equal(("1", 2), (retried.Event.Id, retried.Attempt));
        await AppendAsync(Event("4"));
        AssertPosition(5, await after.NextAsync());
    }

    /// <summary>While the store fails, publishing fails at once, says why, and stores nothing.</summary>
    [Fact]
    public async Task Broken_Append_FailsAtOnceAndStoresNothing()
    {
        NeedSubject(Subject.CanBreak, "break the store");
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await Subject.BreakAsync();
        var exception = await Assert.ThrowsAsync<EventTransportException>(() => AppendAsync(Event("1"), Event("2")));
        Assert.NotEmpty(exception.Message);
        await Subject.MendAsync();
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1));
        await AppendAsync(Event("3"));
        var next = await sink.NextAsync();
        Assert.Equal("3", next.Event.Id);
        AssertPosition(1, next);
        await AssertSilentAsync(sink);
    }

    /// <summary>A subscription says that it gets nothing while the store fails, and goes on by itself when that has passed.</summary>
    [Fact]
    public async Task Broken_Subscription_SaysSoAndGoesOnByItself()
    {
        NeedSubject(Subject.CanBreak, "break the store");
        var sink = NewSink();
        await SubscribeFirstAsync(sink);
        await Subject.BreakAsync();
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(30));
        var paused = await sink.NextStateAsync();
        Assert.Equal(SubscriptionState.Paused, paused.State);
        Assert.NotEmpty(paused.Reason!);
        await Subject.MendAsync();
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(SubscriptionState.Active, (await sink.NextStateAsync()).State);
        await AppendAsync(Event("1"));
        await CompleteAsync(await sink.NextAsync());
    }

    private void NeedRestart()
    {
        Need(TransportCapabilities.Durable);
        Assert.True(Subject.CanRestart, "A transport that claims to be durable needs a subject that can restart it.");
    }
}
