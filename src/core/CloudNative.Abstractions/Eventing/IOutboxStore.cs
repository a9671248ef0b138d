using System.Data.Common;

namespace CloudNative.Eventing;

/// <summary>
/// The outbox of one kind of database. Registered with <c>AddSingleton</c>; the first that accepts a transaction serves it. Thread-safe.
/// </summary>
public interface IOutboxStore
{
    /// <summary>Whether it serves the database that a transaction runs on.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>Whether it does.</returns>
    bool Serves(DbTransaction transaction);

    /// <summary>Creates or checks its tables. Harmless when repeated.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the outbox can be used.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached or its tables do not fit.</exception>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Writes an event in the caller's transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="outgoing">The event.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the row is written.</returns>
    ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken);

    /// <summary>
    /// Reads committed events in the order in which they were enqueued, hands them to <paramref name="relay"/> batch by batch, and
    /// removes each batch when that has completed. One process at a time does so; others wait their turn. Returns when there is nothing
    /// left.
    /// </summary>
    /// <param name="relay">Moves a batch to the transport; throws when it could not.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    /// <returns>How many events were moved.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached.</exception>
    ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask> relay, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when rows may have been committed since the last call: pushed where the database can tell, looked for otherwise.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when it is worth draining.</returns>
    ValueTask WaitAsync(CancellationToken cancellationToken);
}
