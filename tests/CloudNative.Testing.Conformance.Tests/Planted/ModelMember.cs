using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

internal sealed class ModelMember(ModelStore store, ModelTransport process, ModelGroup group, SubscriptionSpec spec, IDeliverySink sink)
    : IEventSubscription
{
    public SubscriptionSpec Spec => spec;

    public ModelTransport Process => process;

    public ModelGroup Group => group;

    public IDeliverySink Sink => sink;

    public bool Stopped { get; set; }

    public ValueTask StopAsync(CancellationToken cancellationToken)
    {
        Stopped = store.Bug != TransportBug.TakesOnAfterStop;
        return default;
    }

    public ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken) => new(store.Backlog(group));

    public ValueTask DisposeAsync()
    {
        Stopped = true;
        store.Leave(this);
        return default;
    }
}
