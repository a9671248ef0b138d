using CloudNative.Local.Output;
using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>Watches the processes of a replica get ready, and knows why one is not.</summary>
internal sealed class ReplicaWatch(
    ReplicaName name, ReplicaStatus status, ReplicaLog log, ReadinessProbe probe, SupervisionContext context)
{
    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _lastAnswer;

    public Task FirstReady => _firstReady.Task;

    /// <summary>Waits for one process.</summary>
    /// <returns>True when it is ready; false when its life ended before.</returns>
    public async Task<bool> BecomesReadyAsync(int processId, long started, CancellationToken life)
    {
        _lastAnswer = null;
        var saidLate = false;
        try
        {
            await probe.WaitAsync(status.Address, OnAnswer, life).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        var address = status.Address is { } uri ? $" on {uri.GetLeftPart(UriPartial.Authority)}" : "";
        var seconds = context.Time.GetElapsedTime(started).TotalSeconds;
        status.Set(LocalReplicaState.Ready, processId);
        context.Console.WriteChange(name, $"ready{address} after {seconds:0.0} s (process {processId})");
        _firstReady.TrySetResult();
        return true;

        void OnAnswer(string answer)
        {
            _lastAnswer = answer;

            // At first the engine gives up on the whole app; later the rest goes on, and this is said once.
            if (!saidLate && _firstReady.Task.IsCompleted && context.Time.GetElapsedTime(started) > context.Options.ReadyTimeout)
            {
                saidLate = true;
                context.Console.WriteError($"{ErrorIds.NotReady} {Describe()}");
            }
        }
    }

    public string Describe() =>
        $"{name.Display} is not ready: {_lastAnswer ?? "it has not answered yet"}. Its last lines:{Environment.NewLine}"
        + $"{log.DescribeTail()}{Environment.NewLine}  all of them: {log.File}";

    /// <summary>No process will start any more.</summary>
    public void Close(LocalAppException? failure) =>
        _ = failure is null ? _firstReady.TrySetCanceled(CancellationToken.None) : _firstReady.TrySetException(failure);
}
