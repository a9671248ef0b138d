using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>Claims what another can, or nothing, and implements nothing beyond the contract.</summary>
internal sealed class BareTransport(IEventTransport inner, TransportCapabilities claimed) : IEventTransport
{
    public TransportCapabilities Capabilities => claimed;

    public int MaxEventSize => inner.MaxEventSize;

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken) =>
        inner.AppendAsync(batch, cancellationToken);

    public ValueTask<IEventSubscription> SubscribeAsync(SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken) =>
        inner.SubscribeAsync(spec, sink, cancellationToken);
}
