using Microsoft.Extensions.Time.Testing;

namespace CloudNative.PostgreSql.Tests.Support;

/// <summary>A virtual clock that knows whether what its timers began has ended: each is set again, or disposed, when it has.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private int _underWay;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this);
        timer.Inner = base.CreateTimer(
            _ =>
            {
                timer.Fire();
                callback(state);
            },
            null,
            dueTime,
            period);
        return timer;
    }

    /// <summary>Waits, by the wall clock, until nothing is under way.</summary>
    public async Task RestAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (Volatile.Read(ref _underWay) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        }
    }

    private sealed class WatchedTimer(WatchedTime time) : ITimer
    {
        private int _hasFired;

        public ITimer Inner { get; set; } = null!;

        public void Fire()
        {
            if (Interlocked.Exchange(ref _hasFired, 1) == 0)
            {
                Interlocked.Increment(ref time._underWay);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = Inner.Change(dueTime, period);
            End();
            return isChanged;
        }

        public void Dispose()
        {
            Inner.Dispose();
            End();
        }

        public async ValueTask DisposeAsync()
        {
            await Inner.DisposeAsync();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _hasFired, 0) == 1)
            {
                Interlocked.Decrement(ref time._underWay);
            }
        }
    }
}
