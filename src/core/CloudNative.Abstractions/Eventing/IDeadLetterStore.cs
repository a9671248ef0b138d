namespace CloudNative.Eventing;

/// <summary>What a transport has given up. Thread-safe; the same object as the transport.</summary>
public interface IDeadLetterStore
{
    /// <summary>Lists dead letters, the oldest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>At most <see cref="DeadLetterQuery.Limit"/> of them.</returns>
    ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken);

    /// <summary>Reads one.</summary>
    /// <param name="id">Its <see cref="DeadLetter.Id"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The dead letter, or <see langword="null"/> when there is none (any more).</returns>
    ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Delivers dead letters to their group again, as first attempts; each leaves the list in the same step. What waits
    /// behind one follows by itself, one after another, as each is handled; it stays where it is when one fails again.
    /// </summary>
    /// <param name="ids">
    /// Their ids. Passed over are unknown ones, and those that would overtake an earlier event of their key: one that
    /// waits, or is on its way again.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many went back.</returns>
    ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>
    /// Corrects the data of a dead letter, for its group alone: a replay delivers them with the attributes of before. What was published
    /// is kept with the letter, and stays in the log. When the replayed one fails again, the letter still has the edit.
    /// </summary>
    /// <param name="id">Its <see cref="DeadLetter.Id"/>.</param>
    /// <param name="data">The new data; kept in place of those of an edit before.</param>
    /// <param name="by">Who does it, for whoever asks later; not empty.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was such a letter.</returns>
    /// <exception cref="EventRejectedException">The data are larger than the transport takes.</exception>
    ValueTask<bool> EditAsync(long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken);

    /// <summary>
    /// Removes dead letters for good. When the first of a key is removed, what waits behind it follows, unless that is
    /// removed in the same call.
    /// </summary>
    /// <param name="ids">Their ids; unknown ones are passed over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were removed.</returns>
    ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
