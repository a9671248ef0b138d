using System.Data.Common;
using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Outbox;

/// <summary>An outbox whose process dies at one point of the relay.</summary>
internal sealed class MortalOutbox(IOutboxStore inner, Role role) : IOutboxStore
{
    public string Name => inner.Name;

    public bool Serves(DbTransaction transaction) => inner.Serves(transaction);

    public ValueTask PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken) =>
        inner.EnqueueAsync(transaction, outgoing, cancellationToken);

    // The store reads a batch, hands it over, and deletes it when that has returned.
    public ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken) => inner.DrainAsync(
        async (batch, token) =>
        {
            Death.ComesIf(role == Role.OrderingDiesBeforeAppend);
            var rejections = await relay(batch, token);
            Death.ComesIf(role == Role.OrderingDiesAfterAppend);
            return rejections;
        },
        cancellationToken);

    public ValueTask WaitAsync(CancellationToken cancellationToken) => inner.WaitAsync(cancellationToken);

    public ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken) => inner.GetBacklogAsync(cancellationToken);
}
