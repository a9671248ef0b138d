using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>One process's view of the model.</summary>
internal sealed class ModelTransport(ModelStore store) : IEventTransport, IReplayable, IDeadLetterStore
{
    public bool Paused { get; set; }

    public TransportCapabilities Capabilities =>
        TransportCapabilities.Durable | TransportCapabilities.Ordered | TransportCapabilities.Delayed | TransportCapabilities.Broadcast
        | TransportCapabilities.Replay | TransportCapabilities.DeadLetters | TransportCapabilities.Deduplicated;

    public int MaxEventSize => 100_000;

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.Append(this, batch);
        return default;
    }

    public ValueTask<IEventSubscription> SubscribeAsync(SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken) =>
        new(store.Join(this, spec, sink));

    public ValueTask<long> SeekAsync(string topic, string group, ReplayPoint point, CancellationToken cancellationToken) =>
        new(store.Seek(topic, group, point));

    public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken) => new(
    [
        .. store.Letters.Values.Where(letter => letter.Id > query.After
            && (query.Topic ?? letter.Topic) == letter.Topic && (query.Group ?? letter.Group) == letter.Group).Take(query.Limit),
    ]);

    public ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) => new(store.Letters.GetValueOrDefault(id));

    public ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => new(ids.Count(store.Replay));

    public ValueTask<bool> EditAsync(long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken)
    {
        if (store.Letters.GetValueOrDefault(id) is not { } letter)
        {
            return new(false);
        }

        store.Letters[id] = letter with
        {
            Event = letter.Event!.WithData(data),
            Raw = data,
            Edit = new DeadLetterEdit { Original = letter.Edit?.Original ?? letter.Raw, By = by, At = store.Now },
        };
        return new(true);
    }

    public ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        new(ids.Count(id => store.Letters.Remove(id)));
}
