using System.Data.Common;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.Outbox;

/// <summary>Writes events into the outbox of the database that a transaction runs on.</summary>
internal sealed class TransactionalOutbox(EnvelopeFactory envelopes, IEnumerable<IOutboxStore> stores) : IOutbox
{
    private readonly IOutboxStore[] _stores = [.. stores];

    public ValueTask EnqueueAsync<T>(
        DbTransaction transaction, T data, PublishOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (transaction.Connection is null)
        {
            throw new InvalidOperationException(
                $"{ErrorIds.TransactionOver} The transaction was committed or rolled back before the event was enqueued. "
                + "Enqueue first, then commit.");
        }

        var store = Array.Find(_stores, candidate => candidate.Serves(transaction))
            ?? throw new InvalidOperationException(DatabaseMessages.NotServed(transaction, _stores.Select(known => known.Name)));
        return store.EnqueueAsync(transaction, Prepare(data, options), cancellationToken);
    }

    // The relay works outside of any request: the envelope carries the trace of whoever enqueues it.
    public OutgoingEvent Prepare<T>(T data, PublishOptions? options) => envelopes.Create(data, options);
}
