using CloudNative.Local.Output;
using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>Watches the processes of a replica get ready, and knows why one is not.</summary>
internal sealed class ReplicaWatch(
    ReplicaName name, ReplicaStatus status, ReplicaLog log, ReadinessProbe probe, SupervisionContext context)
{
    // Often enough for a person who watches, seldom enough to cost nothing; one missed answer is none.
    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(2);
    private const int Misses = 2;

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
            await probe.WaitAsync(status.Address, processId, OnAnswer, life).ConfigureAwait(false);
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

    /// <summary>Follows a process that was ready, and says when it is not any more and when it is again.</summary>
    /// <returns>A task that ends with the process's life.</returns>
    public async Task FollowAsync(int processId, CancellationToken life)
    {
        try
        {
            for (var missed = 0; status.Address is { } address;)
            {
                await Task.Delay(FollowInterval, context.Time, life).ConfigureAwait(false);
                var (ready, answer) = await probe.AskAsync(address, life).ConfigureAwait(false);
                missed = ready ? 0 : missed + 1;
                if (missed == Misses)
                {
                    _lastAnswer = answer;
                    status.Set(LocalReplicaState.NotReady, processId);
                    context.Console.WriteChange(name, $"not ready any more: {answer}");
                }
                else if (ready && status.Snapshot.State == LocalReplicaState.NotReady)
                {
                    status.Set(LocalReplicaState.Ready, processId);
                    context.Console.WriteChange(name, "ready again");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of its life.
        }
    }

    public string Describe() =>
        $"{name.Display} is not ready: {_lastAnswer ?? "it has not answered yet"}. Its last lines:{Environment.NewLine}"
        + $"{log.DescribeTail()}{Environment.NewLine}  all of them: {log.File}";

    /// <summary>No process will start any more.</summary>
    public void Close(LocalAppException? failure) =>
        _ = failure is null ? _firstReady.TrySetCanceled(CancellationToken.None) : _firstReady.TrySetException(failure);
}
