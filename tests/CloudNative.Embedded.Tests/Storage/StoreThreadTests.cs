using CloudNative.Shared.Work;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Storage;

public sealed class StoreThreadTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedule_TimeHasPassed_ComesBeforeWhatIsPostedThen()
    {
        using var thread = new StoreThread("test", _clock);
        var done = new List<string>();
        thread.Schedule(Second, () => done.Add("due"));
        await TurnAsync(thread, () => done.Add("before"));
        _clock.Advance(Second);
        await TurnAsync(thread, () => done.Add("after"));
        Assert.Equal(["before", "due", "after"], done);
    }

    [Fact]
    public async Task Schedule_Again_ReplacesWhatWasScheduled()
    {
        using var thread = new StoreThread("test", _clock);
        var done = new List<string>();
        thread.Schedule(Second, () => done.Add("first"));
        thread.Schedule(3 * Second, () => done.Add("second"));
        _clock.Advance(2 * Second);
        await TurnAsync(thread, () => done.Add("turn"));
        _clock.Advance(Second);
        await TurnAsync(thread, () => done.Add("turn"));
        Assert.Equal(["turn", "second", "turn"], done);
    }

    [Fact]
    public async Task Schedule_ByWhatIsDue_GoesOn()
    {
        using var thread = new StoreThread("test", _clock);
        var looks = 0;
        thread.Schedule(Second, Look);
        for (var second = 0; second < 5; second++)
        {
            _clock.Advance(Second);
            await TurnAsync(thread, () => { });
        }

        Assert.Equal(5, looks);

        void Look()
        {
            looks++;
            thread.Schedule(Second, Look);
        }
    }

    [Fact]
    public async Task Schedule_TimeOfTheSystem_NeedsNoTimer()
    {
        using var thread = new StoreThread("test");
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = TimeProvider.System.GetTimestamp();
        thread.Schedule(TimeSpan.FromMilliseconds(20), due.SetResult);
        await due.Task.WaitAsync(Cancelled);
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Schedule_EarlierWhileItWaitsForLater_IsNotLate()
    {
        using var thread = new StoreThread("test");
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        thread.Schedule(TimeSpan.FromHours(1), () => Assert.Fail("It was replaced."));
        await TurnAsync(thread, () => { });
        thread.Schedule(TimeSpan.Zero, due.SetResult);
        await due.Task.WaitAsync(Cancelled);
    }

    [Fact]
    public async Task Dispose_SomethingPostedAndSomethingScheduled_DoesWhatWasPosted()
    {
        var done = new List<string>();
        var thread = new StoreThread("test", _clock);
        thread.Schedule(Second, () => done.Add("due"));
        var turn = TurnAsync(thread, () => done.Add("posted"));
        thread.Dispose();
        _clock.Advance(Second);
        thread.Schedule(TimeSpan.Zero, () => done.Add("late"));
        await turn;
        Assert.Equal(["posted"], done);
        Assert.False(thread.TryPost(() => { }));
    }

    private static async Task TurnAsync(StoreThread thread, Action work)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(thread.TryPost(() =>
        {
            work();
            turn.SetResult();
        }));
        await turn.Task.WaitAsync(Cancelled);
    }
}
