using System.Data.Common;

namespace CloudNative.Eventing;

/// <summary>
/// The inbox of one kind of database. Registered with <c>AddSingleton</c>; the first that accepts a transaction serves it. Thread-safe.
/// </summary>
public interface IInboxStore
{
    /// <summary>What logs call it, such as the name of the database; tells no secrets.</summary>
    string Name { get; }

    /// <summary>Whether it serves the database that a transaction runs on.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>Whether it does.</returns>
    bool Serves(DbTransaction transaction);

    /// <summary>Creates or checks its tables. Harmless when repeated.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that completes when the inbox can be used.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached or its tables do not fit.</exception>
    ValueTask PrepareAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Claims an event for a group in the caller's transaction. Waits for another open transaction that claims it, and goes by how that
    /// ends. What the database throws is the caller's to handle.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="group">The group.</param>
    /// <param name="source">The event's source.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether the claim is new.</returns>
    /// <exception cref="EventTransportException">The tables are missing, or do not fit.</exception>
    ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken);

    /// <summary>Forgets the oldest claims in one short transaction; writes nothing when none is old enough.</summary>
    /// <param name="before">Claims made before this are forgotten.</param>
    /// <param name="limit">The most to forget in this call.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many were forgotten; less than <paramref name="limit"/> when no older ones are left.</returns>
    /// <exception cref="EventTransportException">The database cannot be reached.</exception>
    ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}
