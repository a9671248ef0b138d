using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Discovery.Resolution;

/// <summary>Says once that a snapshot is out of date, to those who wait and to those who left a callback.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without timer or handle holds nothing that needs disposal.")]
internal sealed class ChangeSignal
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _callbacks = new();

    public Task Changed => _changed.Task;

    public CancellationToken Token => _callbacks.Token;

    public void Fire()
    {
        _changed.SetResult();

        // Callbacks are other people's code: on the pool, not on this thread, which may hold a lock. What they throw is
        // theirs.
        _ = _callbacks.CancelAsync();
    }
}
