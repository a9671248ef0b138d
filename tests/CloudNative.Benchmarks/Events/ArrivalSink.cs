using System.Diagnostics;
using CloudNative.Eventing;

namespace CloudNative.Benchmarks.Events;

/// <summary>Says when a delivery arrived, and completes it.</summary>
internal sealed class ArrivalSink : IDeliverySink
{
    private TaskCompletionSource<long> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<long> Next()
    {
        _next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _next.Task;
    }

    public void Deliver(EventDelivery delivery)
    {
        _next.TrySetResult(Stopwatch.GetTimestamp());
        _ = delivery.SettleAsync(Settlement.Complete(), CancellationToken.None).AsTask();
    }

    public void StateChanged(SubscriptionState state, string? reason)
    {
    }
}
