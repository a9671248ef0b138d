using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>
/// A transport for which time passes faster: what a test calls a minute takes half a second. The broker's own clock cannot be moved.
/// </summary>
internal sealed class ScaledTransport(IEventTransport inner, ScaledTime time) : IEventTransport, IDeadLetterStore
{
    private IDeadLetterStore Letters => (IDeadLetterStore)inner;

    public TransportCapabilities Capabilities => inner.Capabilities;

    public int MaxEventSize => inner.MaxEventSize;

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken) => inner.AppendAsync(
        [.. batch.Select(outgoing => outgoing with { Delay = time.ToReal(outgoing.Delay) })], cancellationToken);

    public ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken) =>
        inner.SubscribeAsync(spec, new ScaledSink(sink, time), cancellationToken);

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        [.. (await Letters.ListAsync(query, cancellationToken)).Select(Scale)];

    public async ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        await Letters.FindAsync(id, cancellationToken) is { } letter ? Scale(letter) : null;

    public ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        Letters.ReplayAsync(ids, cancellationToken);

    public ValueTask<bool> EditAsync(long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken) =>
        Letters.EditAsync(id, data, by, cancellationToken);

    public ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        Letters.DiscardAsync(ids, cancellationToken);

    private DeadLetter Scale(DeadLetter letter) => letter.Edit is { } edit
        ? letter with { Edit = edit with { At = time.ToScaled(edit.At) } }
        : letter;

    private sealed class ScaledSink(IDeliverySink inner, ScaledTime time) : IDeliverySink
    {
        public void Deliver(EventDelivery delivery) => inner.Deliver(new ScaledDelivery(delivery, time));

        public void StateChanged(SubscriptionState state, string? reason) => inner.StateChanged(state, reason);
    }

    private sealed class ScaledDelivery(EventDelivery inner, ScaledTime time) : EventDelivery
    {
        public override EventEnvelope Event => inner.Event;

        public override int Attempt => inner.Attempt;

        public override long? Position => inner.Position;

        public override DateTimeOffset Stored => time.ToScaled(inner.Stored);

        public override CancellationToken Lost => inner.Lost;

        public override ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken) => inner.SettleAsync(
            settlement.Kind == SettlementKind.Retry
                ? Settlement.Retry(time.ToReal(settlement.Delay), settlement.Failure!)
                : settlement,
            cancellationToken);
    }
}
