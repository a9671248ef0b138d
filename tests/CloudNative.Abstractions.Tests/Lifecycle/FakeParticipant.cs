using System.Collections.Concurrent;
using CloudNative.Lifecycle;

namespace CloudNative.Tests.Lifecycle;

/// <summary>Notes what it is asked, and in which phase the service was then.</summary>
internal sealed class FakeParticipant : ILifecycleParticipant
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public IServiceLifecycle? Lifecycle { get; set; }

    public Func<CancellationToken, ValueTask<TimeSpan>> Withdraw { get; set; } = _ => ValueTask.FromResult(TimeSpan.Zero);

    public Func<CancellationToken, ValueTask> Drain { get; set; } = _ => ValueTask.CompletedTask;

    public TaskCompletionSource DrainCalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        Note("announce");
        return ValueTask.CompletedTask;
    }

    public ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken)
    {
        Note("withdraw");
        return Withdraw(cancellationToken);
    }

    public ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        Note("drain");
        DrainCalled.TrySetResult();
        return Drain(cancellationToken);
    }

    private void Note(string call) => Calls.Enqueue(Lifecycle is null ? call : $"{call} while {Lifecycle.Phase}");
}
