using System.Data.Common;
using System.Diagnostics;
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
        return store.EnqueueAsync(transaction, WithTrace(envelopes.Create(data, options)), cancellationToken);
    }

    // The relay works outside of any request: whoever handles the event belongs to the trace of whoever enqueued it.
    private static OutgoingEvent WithTrace(OutgoingEvent outgoing)
    {
        if (outgoing.Event.TraceParent is not null || Activity.Current is not { IdFormat: ActivityIdFormat.W3C } current)
        {
            return outgoing;
        }

        var made = outgoing.Event;
        return outgoing with
        {
            Event = new EventEnvelope
            {
                Id = made.Id,
                Source = made.Source,
                Type = made.Type,
                Subject = made.Subject,
                Time = made.Time,
                DataContentType = made.DataContentType,
                DataSchema = made.DataSchema,
                Key = made.Key,
                TraceParent = current.Id,
                TraceState = string.IsNullOrEmpty(current.TraceStateString) ? null : current.TraceStateString,
                Extensions = made.Extensions,
                Data = made.Data,
            },
        };
    }
}
