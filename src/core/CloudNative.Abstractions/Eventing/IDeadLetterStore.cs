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

    /// <summary>Delivers dead letters to their group again, as first attempts; each leaves the list in the same step.</summary>
    /// <param name="ids">Their ids; unknown ones are passed over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many went back.</returns>
    ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Removes dead letters for good.</summary>
    /// <param name="ids">Their ids; unknown ones are passed over.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many were removed.</returns>
    ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
