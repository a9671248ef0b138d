using CloudNative.Eventing;
using CloudNative.Testing.Conformance.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    private IEventSubscription? _held;

    /// <summary>An event that is handled for much longer than the lease stays with its handler.</summary>
    [Fact]
    public async Task Handled_ManyTimesTheLease_StaysWithItsHandler()
    {
        var first = NewSink();
        var second = NewSink();
        await SubscribeFirstAsync(first);
        await AppendAsync(Event("1"));
        var delivery = await first.NextAsync();
        await SubscribeSecondAsync(second);
        for (var step = 0; step < 24; step++)
        {
            await Subject.AdvanceAsync(_lease / 6);
        }

        Assert.False(delivery.Lost.IsCancellationRequested);
        await AssertSilentAsync(first, second);
        await CompleteAsync(delivery);
    }

    /// <summary>A holder that is paused keeps its events for the lease.</summary>
    [Fact]
    public async Task Paused_ShorterThanTheLease_KeepsItsEvents()
    {
        NeedSubject(Subject.CanPause, "pause a process");
        var (second, held) = await HoldInFirstAsync();
        await Subject.AdvanceSecondAloneAsync(_lease * 0.5);
        Assert.Empty(second.Drain());
        await Subject.ResumeFirstAsync();
        Assert.False(held.Lost.IsCancellationRequested);
        await CompleteAsync(held);
    }

    /// <summary>A holder that is paused for longer loses them to another member, and the attempt is counted.</summary>
    [Fact]
    public async Task Paused_LongerThanTheLease_SuccessorGetsTheEvent()
    {
        var (_, taken, _) = await LoseInFirstAsync();
        Assert.Equal(("1", 2), (taken.Event.Id, taken.Attempt));
        await CompleteAsync(taken);
    }

    /// <summary>A holder that runs on after its lease was taken learns that it lost it.</summary>
    [Fact]
    public async Task Resumed_AfterItWasTaken_LearnsThatItIsLost()
    {
        var (lost, taken, _) = await LoseInFirstAsync();
        await Subject.ResumeFirstAsync();
        await AssertLostAsync(lost);
        Assert.False(taken.Lost.IsCancellationRequested);
    }

    /// <summary>Whatever a late holder says has no effect on its successor.</summary>
    /// <param name="kind">What it says.</param>
    [Theory]
    [InlineData(SettlementKind.Complete)]
    [InlineData(SettlementKind.Retry)]
    [InlineData(SettlementKind.Release)]
    [InlineData(SettlementKind.DeadLetter)]
    public async Task Resumed_SettlesLate_DoesNotCount(SettlementKind kind)
    {
        var (lost, taken, second) = await LoseInFirstAsync();
        await Subject.ResumeFirstAsync();
        var late = kind switch
        {
            SettlementKind.Complete => Settlement.Complete(),
            SettlementKind.Release => Settlement.Release(),
            SettlementKind.Retry => Settlement.Retry(TimeSpan.Zero, Failure(lost)),
            _ => Settlement.DeadLetter(Failure(lost)),
        };
        Assert.False(await lost.SettleAsync(late, Cancelled), "A lease that was lost must not settle anything.");
        await AssertSilentAsync(second);
        Assert.Empty(await ListIfKeptAsync());
        await CompleteAsync(taken);
    }

    /// <summary>A late holder's word does not end the event when its successor fails.</summary>
    [Fact]
    public async Task Resumed_CompletesLate_EventIsStillTheSuccessors()
    {
        var (lost, taken, second) = await LoseInFirstAsync();
        await Subject.ResumeFirstAsync();
        await _held!.StopAsync(Cancelled);
        Assert.False(await lost.SettleAsync(Settlement.Complete(), Cancelled));
        await RetryAsync(taken);
        Assert.Equal(3, (await second.NextAsync()).Attempt);
    }

    /// <summary>A process that was paused takes part again once it runs on.</summary>
    [Fact]
    public async Task Resumed_AfterALoss_GetsEventsAgain()
    {
        NeedSubject(Subject.CanPause, "pause a process");
        var first = NewSink();
        await SubscribeFirstAsync(first, OneAtATime);
        await AppendAsync(Event("1"));
        var lost = await first.NextAsync();
        var second = NewSink();
        var successor = await SubscribeSecondAsync(second, OneAtATime);
        await Subject.AdvanceSecondAloneAsync(_lease * 1.5);
        await CompleteAsync(await second.NextAsync());
        await Subject.ResumeFirstAsync();
        await AssertLostAsync(lost);
        await successor.DisposeAsync();
        await AppendAsync(Event("2"));
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("2", (await first.NextAsync()).Event.Id);
    }

    /// <summary>What a killed process had goes to the others, and the attempt is counted.</summary>
    [Fact]
    public async Task Killed_Holder_OthersGetItsEvents()
    {
        NeedSubject(Subject.CanKill, "kill a process");
        var first = NewSink();
        await SubscribeFirstAsync(first);
        await AppendNumbersAsync(5);
        await first.NextAsync(5);
        var second = NewSink();
        await SubscribeSecondAsync(second);
        await Subject.KillFirstAsync();
        var arrived = await second.NextAsync(5);
        Assert.Equal(Numbers(5), Ids(arrived).Order());
        Assert.All(arrived, delivery => Assert.Equal(2, delivery.Attempt));
    }

    /// <summary>What a killed process had settled stays settled, and what it had put off still comes.</summary>
    [Fact]
    public async Task Killed_Settled_StaysSettled()
    {
        NeedSubject(Subject.CanKill, "kill a process");
        var first = NewSink();
        await SubscribeFirstAsync(first);
        await AppendNumbersAsync(3);
        var arrived = (await first.NextAsync(3)).OrderBy(delivery => delivery.Position).ToList();
        await CompleteAsync(arrived[0]);
        await RetryAsync(arrived[1], TimeSpan.FromMinutes(5));
        var second = NewSink();
        await SubscribeSecondAsync(second);
        await Subject.KillFirstAsync();
        Assert.Equal("2", (await second.NextAsync()).Event.Id);
        await AssertSilentAsync(second);
        await Subject.AdvanceAsync(TimeSpan.FromMinutes(5.1));
        var retried = await second.NextAsync();
        Assert.Equal(("1", 2), (retried.Event.Id, retried.Attempt));
    }

    /// <summary>An event whose process dies each time is given up after as many attempts as are granted.</summary>
    [Fact]
    public async Task Killed_ByTheSameEventEachTime_GivesItUp()
    {
        NeedSubject(Subject.CanKill, "kill a process");
        var letters = NeedDeadLetters();
        await (await SubscribeFirstAsync(NewSink())).DisposeAsync();
        await AppendAsync(Event("poison"), Event("2"));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var sink = NewSink();
            await SubscribeFirstAsync(sink, spec => OneAtATime(FromOldest(spec)) with { MaxAttempts = 3 });
            var delivery = await sink.NextAsync();
            Assert.Equal(("poison", attempt), (delivery.Event.Id, delivery.Attempt));
            await Subject.KillFirstAsync();
            letters = NeedDeadLetters();
        }

        var after = NewSink();
        await SubscribeFirstAsync(after, spec => OneAtATime(FromOldest(spec)) with { MaxAttempts = 3 });
        Assert.Equal("2", (await after.NextAsync()).Event.Id);
        var letter = Assert.Single(await letters.ListAsync(new DeadLetterQuery(), Cancelled));
        Assert.Equal(("poison", DeadLetterReason.ProcessDied, 3), (letter.Event!.Id, letter.Failure.Reason, letter.Failure.Attempt));
    }

    /// <summary>A killed process that starts again takes its part in the group again.</summary>
    [Fact]
    public async Task Killed_StartsAgain_GoesOn()
    {
        NeedSubject(Subject.CanKill, "kill a process");
        await SubscribeFirstAsync(NewSink());
        await AppendAsync(Event("1"));
        await Subject.KillFirstAsync();
        var again = NewSink();
        await SubscribeFirstAsync(again);
        Assert.Equal("1", (await again.NextAsync()).Event.Id);
        await AppendAsync(Event("2"));
        var next = await again.NextAsync();
        Assert.Equal("2", next.Event.Id);
        AssertPosition(2, next);
    }

    private async Task<(RecordingSink Second, EventDelivery Held)> HoldInFirstAsync()
    {
        var first = NewSink();
        var second = NewSink();
        _held = await SubscribeFirstAsync(first);
        await AppendAsync(Event("1"));
        var held = await first.NextAsync();
        await SubscribeSecondAsync(second);
        return (second, held);
    }

    // The first gets an event and is paused until the second has it.
    private async Task<(EventDelivery Lost, EventDelivery Taken, RecordingSink Second)> LoseInFirstAsync()
    {
        NeedSubject(Subject.CanPause, "pause a process");
        var (second, held) = await HoldInFirstAsync();
        await Subject.AdvanceSecondAloneAsync(_lease * 1.5);
        return (held, await second.NextAsync(), second);
    }

    private async Task<IReadOnlyList<DeadLetter>> ListIfKeptAsync() => Subject.First is IDeadLetterStore letters
        ? await letters.ListAsync(new DeadLetterQuery(), Cancelled)
        : [];
}
