using CloudNative.Lifecycle;

namespace CloudNative.Sdk.Serving;

/// <summary>Counts the requests being served; draining waits until there is none.</summary>
internal sealed class RequestsInFlight : ILifecycleParticipant
{
    private int _count;
    private TaskCompletionSource? _idle;

    public int Count => Volatile.Read(ref _count);

    public void Begin() => Interlocked.Increment(ref _count);

    public void End()
    {
        if (Interlocked.Decrement(ref _count) == 0)
        {
            Volatile.Read(ref _idle)?.TrySetResult();
        }
    }

    public ValueTask AnnounceAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(TimeSpan.Zero);

    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _idle, idle);

        // After the signal is in place: the last request may have ended before it was.
        if (Count > 0)
        {
            await idle.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
