using System.Data.Common;

namespace CloudNative.Eventing;

/// <summary>
/// Publishes events together with a change in the service's own database: they are written in its transaction, and a relay moves
/// them to the transport once that is committed, in the order of their keys, each once. Thread-safe; a singleton.
/// </summary>
public interface IOutbox
{
    /// <summary>Adds an event to a transaction.</summary>
    /// <param name="transaction">The transaction; open, on a database that this service named as its outbox.</param>
    /// <param name="data">The event.</param>
    /// <param name="options">What to say beyond the data, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <returns>A task that completes when the row is in the transaction; it counts when that commits.</returns>
    /// <exception cref="EventRejectedException">The event cannot be published by anybody, as it is.</exception>
    /// <exception cref="InvalidOperationException">No outbox of this service serves such a database.</exception>
    ValueTask EnqueueAsync<T>(
        DbTransaction transaction, T data, PublishOptions? options, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the event that <see cref="EnqueueAsync{T}"/> would write, for those who write it by other means, such as an object-relational
    /// mapper.
    /// </summary>
    /// <param name="data">The event.</param>
    /// <param name="options">What to say beyond the data, or <see langword="null"/>.</param>
    /// <typeparam name="T">The type of the event.</typeparam>
    /// <returns>The event, in the trace of the caller.</returns>
    /// <exception cref="EventRejectedException">The event cannot be published by anybody, as it is.</exception>
    OutgoingEvent Prepare<T>(T data, PublishOptions? options);
}
