namespace CloudNative.Testing.Conformance;

public abstract partial class LeaseProviderConformance
{
    /// <summary>A lease that is held is renewed and does not end with its duration.</summary>
    [Fact]
    public async Task Held_ManyTimesItsDuration_StaysHeld()
    {
        var lease = await TakeAsync(Subject.First);
        for (var step = 0; step < 24; step++)
        {
            await Subject.AdvanceAsync(_duration / 6);
        }

        Assert.False(lease.Lost.IsCancellationRequested);
        await AssertHeldAsync(Subject.Second);
    }

    /// <summary>A holder that is paused keeps the lease for its duration.</summary>
    [Fact]
    public async Task Paused_ShorterThanDuration_StaysHeld()
    {
        await TakeAsync(Subject.First);
        await Subject.AdvanceSecondAloneAsync(_duration * 0.9);
        await AssertHeldAsync(Subject.Second);
    }

    /// <summary>A holder that is paused for longer loses it to the next, who gets a larger token.</summary>
    [Fact]
    public async Task Paused_LongerThanDuration_GoesToTheNext()
    {
        var lost = await TakeAsync(Subject.First);
        await Subject.AdvanceSecondAloneAsync(_duration * 1.1);
        var next = await TakeAsync(Subject.Second);
        Assert.True(next.FencingToken > lost.FencingToken);
    }

    /// <summary>A holder that runs on after its lease was taken learns that it lost it.</summary>
    [Fact]
    public async Task Resumed_AfterItWasTaken_LearnsThatItIsLost()
    {
        var lost = await TakeAsync(Subject.First);
        await Subject.AdvanceSecondAloneAsync(_duration * 1.1);
        var next = await TakeAsync(Subject.Second);
        await Subject.ResumeFirstAsync();
        await AssertLostAsync(lost);
        Assert.False(next.Lost.IsCancellationRequested);
    }

    /// <summary>
    /// A holder that runs on after its lease has expired learns that it lost it, though nobody took it.
    /// </summary>
    [Fact]
    public async Task Resumed_AfterItExpired_LearnsThatItIsLost()
    {
        var lost = await TakeAsync(Subject.First);
        await Subject.AdvanceSecondAloneAsync(_duration * 1.1);
        await Subject.ResumeFirstAsync();
        await AssertLostAsync(lost);
        await TakeAsync(Subject.Second);
    }

    /// <summary>What a late holder does, renewing or releasing, does not touch its successor.</summary>
    [Fact]
    public async Task Resumed_AfterItWasTaken_CannotHarmItsSuccessor()
    {
        var lost = await TakeAsync(Subject.First);
        await Subject.AdvanceSecondAloneAsync(_duration * 1.1);
        var next = await TakeAsync(Subject.Second);
        await Subject.ResumeFirstAsync();
        await lost.DisposeAsync();
        await AssertHeldAsync(Subject.First);
        for (var step = 0; step < 12; step++)
        {
            await Subject.AdvanceAsync(_duration / 6);
        }

        Assert.False(next.Lost.IsCancellationRequested);
        await AssertHeldAsync(Subject.First);
    }
}
