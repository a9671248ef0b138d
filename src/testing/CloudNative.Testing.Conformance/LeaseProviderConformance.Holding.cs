namespace CloudNative.Testing.Conformance;

public abstract partial class LeaseProviderConformance
{
    /// <summary>A free lease is given, and says what it is.</summary>
    [Fact]
    public async Task TryAcquire_Free_GivesLease()
    {
        var lease = await TakeAsync(Subject.First, "job");
        Assert.Equal("job", lease.Name);
        Assert.True(lease.FencingToken > 0);
        Assert.False(lease.Lost.IsCancellationRequested);
    }

    /// <summary>While somebody holds it, nobody else gets it, not even the same process again.</summary>
    [Fact]
    public async Task TryAcquire_Held_GivesNothing()
    {
        await TakeAsync(Subject.First);
        await AssertHeldAsync(Subject.Second);
        await AssertHeldAsync(Subject.First);
    }

    /// <summary>Names have nothing to do with each other.</summary>
    [Fact]
    public async Task TryAcquire_OtherNames_AreFree()
    {
        for (var number = 0; number < 20; number++)
        {
            await TakeAsync(number % 2 == 0 ? Subject.First : Subject.Second, $"job-{number}");
        }

        await AssertHeldAsync(Subject.Second, "job-0");
    }

    /// <summary>A released lease is free at once.</summary>
    [Fact]
    public async Task Release_Held_IsFreeAtOnce()
    {
        var lease = await TakeAsync(Subject.First);
        await lease.DisposeAsync();
        await TakeAsync(Subject.Second);
    }

    /// <summary>Releasing twice is harmless, also to whoever has it now.</summary>
    [Fact]
    public async Task Release_Twice_IsHarmless()
    {
        var lease = await TakeAsync(Subject.First);
        await lease.DisposeAsync();
        await TakeAsync(Subject.Second);
        await lease.DisposeAsync();
        await AssertHeldAsync(Subject.First);
    }

    /// <summary>Every holder gets a larger token than the one before, whoever it is.</summary>
    [Fact]
    public async Task FencingToken_EachHolder_Grows()
    {
        var last = 0L;
        for (var turn = 0; turn < 12; turn++)
        {
            var lease = await TakeAsync(turn % 3 == 0 ? Subject.First : Subject.Second);
            Assert.True(lease.FencingToken > last, $"token {lease.FencingToken} after {last}");
            last = lease.FencingToken;
            await lease.DisposeAsync();
        }
    }

    /// <summary>Of two who race for it, one gets it, a hundred times in a row; tokens never repeat.</summary>
    [Fact]
    public async Task TryAcquire_TwoRaceAHundredTimes_OneGetsIt()
    {
        var last = 0L;
        for (var round = 0; round < 100; round++)
        {
            var attempts = await Task.WhenAll(
                Subject.First.TryAcquireAsync("job", _duration, Cancelled).AsTask(),
                Subject.Second.TryAcquireAsync("job", _duration, Cancelled).AsTask());
            var lease = Assert.Single(attempts, attempt => attempt is not null);
            Assert.True(lease!.FencingToken > last, $"token {lease.FencingToken} after {last} in round {round}");
            last = lease.FencingToken;
            await lease.DisposeAsync();
        }
    }

    /// <summary>Names up to 200 characters of any kind are taken as they stand.</summary>
    /// <param name="name">The name.</param>
    [Theory]
    [InlineData("o'brien \"x\"; DROP TABLE lease")]
    [InlineData("a/b:c*ü☂")]
    public async Task TryAcquire_UnusualName_IsTakenAsItStands(string name)
    {
        foreach (var unusual in (string[])[name, name.PadRight(200, 'x')])
        {
            var lease = await TakeAsync(Subject.First, unusual);
            Assert.Equal(unusual, lease.Name);
            await AssertHeldAsync(Subject.Second, unusual);
        }
    }

    /// <summary>Names that are empty or longer than 200 characters are refused.</summary>
    /// <param name="length">How long it is.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public async Task TryAcquire_NameOutOfRange_Throws(int length) => await Assert.ThrowsAnyAsync<ArgumentException>(() =>
        Subject.First.TryAcquireAsync(new string('x', length), _duration, Cancelled).AsTask());

    /// <summary>Durations below a second and above an hour are refused.</summary>
    /// <param name="milliseconds">How long it is.</param>
    [Theory]
    [InlineData(999)]
    [InlineData(3_600_001)]
    public async Task TryAcquire_DurationOutOfRange_Throws(int milliseconds) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Subject.First
            .TryAcquireAsync("job", TimeSpan.FromMilliseconds(milliseconds), Cancelled).AsTask());

    /// <summary>A cancelled attempt takes nothing and says so.</summary>
    [Fact]
    public async Task TryAcquire_Cancelled_ThrowsAndTakesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Subject.First.TryAcquireAsync("job", _duration, new CancellationToken(true)).AsTask());
        await TakeAsync(Subject.Second);
    }
}
