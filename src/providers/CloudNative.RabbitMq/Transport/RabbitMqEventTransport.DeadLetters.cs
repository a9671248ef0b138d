using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Transport;

internal sealed partial class RabbitMqEventTransport
{
    ValueTask<IReadOnlyList<DeadLetter>> IDeadLetterStore.ListAsync(
        DeadLetterQuery query, CancellationToken cancellationToken) => _letters.ListAsync(query, cancellationToken);

    ValueTask<DeadLetter?> IDeadLetterStore.FindAsync(long id, CancellationToken cancellationToken) =>
        _letters.FindAsync(id, cancellationToken);

    ValueTask<int> IDeadLetterStore.ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        _letters.ReplayAsync(ids, cancellationToken);

    ValueTask<bool> IDeadLetterStore.EditAsync(
        long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken) =>
        _letters.EditAsync(id, data, by, MaxEventSize, cancellationToken);

    ValueTask<int> IDeadLetterStore.DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        _letters.DiscardAsync(ids, cancellationToken);
}
