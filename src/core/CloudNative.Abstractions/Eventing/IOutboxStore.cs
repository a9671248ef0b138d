using System.Data.Common;

namespace CloudNative.Eventing;

/// <summary>
/// The outbox of one kind of database. Registered with <c>AddSingleton</c>; the first that accepts a transaction serves it. Thread-safe.
/// </summary>
public interface IOutboxStore
{
    /// <summary>What logs, metrics and health call it, such as the name of the database; tells no secrets.</summary>
    string Name { get; }

    /// <summary>Whether it serves the database that a transaction runs on.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>Whether it does.</returns>
    bool Serves(DbTransaction transaction);

    /// <summary>Creates or checks its tables. Harmless when repeated.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the outbox can be used.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached or its tables do not fit.</exception>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Writes an event in the caller's transaction. What the database throws is the caller's to handle.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="outgoing">The event.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the row is written.</returns>
    /// <exception cref="EventTransportException">The tables are missing, or do not fit.</exception>
    ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken);

    /// <summary>
    /// Reads committed events in the order in which they were enqueued, hands them to <paramref name="relay"/> in batches of at most 256,
    /// and removes each batch when that has completed. One process at a time does so, without holding a transaction while the relay
    /// works; others wait their turn. Returns when there is nothing left. A process that ends between the two steps moves a batch twice.
    /// Events that cannot be read are set aside and hold up nobody.
    /// </summary>
    /// <param name="relay">
    /// Moves a batch to the transport and says which of its events never can be; throws when it could not move it now.
    /// </param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    /// <returns>How many events left the outbox; those set aside are counted too.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached.</exception>
    ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken);

    /// <summary>
    /// Completes when there is something to drain; at once while there is. Pushed where the database can tell, looked for otherwise,
    /// without writing.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when it is worth draining.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached.</exception>
    ValueTask WaitAsync(CancellationToken cancellationToken);

    /// <summary>How much there is to drain.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The backlog; cheap enough to be asked every few seconds.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached.</exception>
    ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken);
}
