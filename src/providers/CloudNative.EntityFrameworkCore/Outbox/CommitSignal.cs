using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Outbox;

/// <summary>
/// Tells that this process committed an event, where that is known; where it is not (a transaction of the driver's
/// own), looks begin soon and get rarer.
/// </summary>
internal sealed class CommitSignal<TContext>(TimeProvider time)
    where TContext : DbContext
{
    private static readonly TimeSpan _soon = TimeSpan.FromMilliseconds(2);

    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private TimeSpan _step = TimeSpan.MaxValue;

    /// <summary>
    /// Completes with the next signal. To be taken before the table is looked at, so that none is missed in between.
    /// </summary>
    public Task Next
    {
        get
        {
            lock (_lock)
            {
                return _next.Task;
            }
        }
    }

    /// <summary>Something was committed.</summary>
    public void Committed() => Tell(step: null);

    /// <summary>Something will perhaps be committed, and nobody will tell.</summary>
    public void Expect() => Tell(_soon);

    /// <summary>Waits for a signal, or until it is time for a look.</summary>
    public async Task WaitAsync(Task next, TimeSpan longest, CancellationToken cancellationToken)
    {
        TimeSpan step;
        lock (_lock)
        {
            step = _step < longest ? _step : longest;
            _step = _step < longest ? _step * 2 : TimeSpan.MaxValue;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(step, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tell(TimeSpan? step)
    {
        TaskCompletionSource next;
        lock (_lock)
        {
            (next, _next) = (_next, New());
            _step = step ?? _step;
        }

        next.TrySetResult();
    }
}
