using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.TestSupport.Leases;

/// <summary>
/// A virtual clock for work that goes over a real network: it knows when all that it set off is done. Timers that are made without a time
/// are set again when their work is done.
/// </summary>
public sealed class LeaseClock : FakeTimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Resettable, bool> _timers = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new Resettable(this, callback);
        timer.Inner = base.CreateTimer(timer.Fire, state, dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and waits until the work that fell due is done.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        Advance(time);
        using var patience = new CancellationTokenSource(Patience);
        while (_timers.Values.Contains(false))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), patience.Token);
        }
    }

    // In the dictionary from the first time that it is set until it is disposed; true while it waits for its time.
    private sealed class Resettable(LeaseClock clock, TimerCallback callback) : ITimer
    {
        public ITimer Inner { private get; set; } = null!;

        public void Fire(object? state)
        {
            clock._timers.TryUpdate(this, false, true);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock._timers[this] = true;
            return Inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            Inner.Dispose();
            clock._timers.TryRemove(this, out _);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
