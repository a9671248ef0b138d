using CloudNative.Deadlines;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Abstractions.Tests.Deadlines;

public sealed class DeadlineContextTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly DeadlineContext _deadlines;

    public DeadlineContextTests() => _deadlines = new DeadlineContext(_clock);

    [Fact]
    public void Current_NothingBegun_IsNone() => Assert.Null(_deadlines.Current);

    [Fact]
    public void TimeLeft_AsTimePasses_FallsToZeroAndNoFurther()
    {
        using var scope = _deadlines.Begin(TimeSpan.FromSeconds(2));
        var deadline = _deadlines.Current!;

        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(TimeSpan.FromSeconds(0.5), deadline.TimeLeft);
        Assert.False(deadline.HasPassed);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, deadline.TimeLeft);
        Assert.True(deadline.HasPassed);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 5)]
    public void Begin_WithinAnother_OnlyNarrows(int inner, int expected)
    {
        using var outer = _deadlines.Begin(TimeSpan.FromSeconds(5));
        using (_deadlines.Begin(TimeSpan.FromSeconds(inner)))
        {
            Assert.Equal(TimeSpan.FromSeconds(expected), _deadlines.Current!.TimeLeft);
        }

        Assert.Equal(TimeSpan.FromSeconds(5), _deadlines.Current!.TimeLeft);
    }

    [Fact]
    public void Begin_Infinite_LeavesWhatIsInForce()
    {
        using (_deadlines.Begin(Timeout.InfiniteTimeSpan))
        {
            Assert.Null(_deadlines.Current);
        }

        using var outer = _deadlines.Begin(TimeSpan.FromSeconds(5));
        using var inner = _deadlines.Begin(Timeout.InfiniteTimeSpan);
        Assert.Equal(TimeSpan.FromSeconds(5), _deadlines.Current!.TimeLeft);
    }

    [Fact]
    public void Begin_LongestTime_NeverPasses()
    {
        using var scope = _deadlines.Begin(TimeSpan.MaxValue);
        _clock.Advance(TimeSpan.FromDays(3650));

        Assert.False(_deadlines.Current!.HasPassed);
    }

    [Fact]
    public async Task Begin_FollowsAwaitsAndTasks_AndEndsWithTheMethodThatBeganIt()
    {
        await WorkAsync();

        Assert.Null(_deadlines.Current);

        async Task WorkAsync()
        {
            using var scope = _deadlines.Begin(TimeSpan.FromSeconds(3));
            await Task.Yield();
            Assert.NotNull(_deadlines.Current);
            Assert.NotNull(await Task.Run(() => _deadlines.Current));
        }
    }

    [Fact]
    public void Lift_WithinADeadline_HasNoneUntilDisposed()
    {
        using var scope = _deadlines.Begin(TimeSpan.FromSeconds(3));
        using (_deadlines.Lift())
        {
            Assert.Null(_deadlines.Current);
        }

        Assert.NotNull(_deadlines.Current);
    }

    [Fact]
    public async Task LiftOfTheScope_WhereItWasCarriedTo_LeavesNone()
    {
        using var scope = _deadlines.Begin(TimeSpan.FromSeconds(3));
        var carried = await Task.Run(() => _deadlines.Current!);

        scope.Lift();

        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(long.MaxValue, carried.Timestamp);
        Assert.False(carried.HasPassed);
    }

    [Fact]
    public void LiftOfTheScope_AnEarlierDeadlineInForce_LeavesThatOne()
    {
        using var outer = _deadlines.Begin(TimeSpan.FromSeconds(3));
        using var inner = _deadlines.Begin(TimeSpan.FromSeconds(5));

        inner.Lift();

        Assert.Equal(TimeSpan.FromSeconds(3), _deadlines.Current!.TimeLeft);
    }
}
