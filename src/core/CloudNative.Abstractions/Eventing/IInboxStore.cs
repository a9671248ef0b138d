using System.Data.Common;

namespace CloudNative.Eventing;

/// <summary>
/// The inbox of one kind of database. Registered with <c>AddSingleton</c>; the first that accepts a transaction serves it. Thread-safe.
/// </summary>
public interface IInboxStore
{
    /// <summary>Whether it serves the database that a transaction runs on.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <returns>Whether it does.</returns>
    bool Serves(DbTransaction transaction);

    /// <summary>Claims an event for a group in the caller's transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="group">The group.</param>
    /// <param name="source">The event's source.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether the claim is new.</returns>
    ValueTask<bool> TryClaimAsync(
        DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken);
}
