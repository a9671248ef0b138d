namespace CloudNative.Eventing.Tests.Fakes;

internal sealed class ScriptedSubscription(SubscriptionSpec spec, IDeliverySink sink) : IEventSubscription
{
    public SubscriptionSpec Spec => spec;

    public IDeliverySink Sink => sink;

    public EventBacklog Backlog { get; set; }

    public bool IsStopped { get; private set; }

    public bool IsDisposed { get; private set; }

    public ValueTask StopAsync(CancellationToken cancellationToken)
    {
        IsStopped = true;
        return ValueTask.CompletedTask;
    }

    public ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken) => new(Backlog);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
