namespace CloudNative.Eventing;

/// <summary>
/// A transport that knows all its groups, so that one can see what waits for a service of which no process runs. The same object as the
/// transport. Thread-safe.
/// </summary>
public interface IEventGroups
{
    /// <summary>Lists the groups of all topics, without those that are one process's alone (broadcast).</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The groups, by topic and name in ordinal order; cheap enough to be asked every few seconds.</returns>
    /// <exception cref="EventTransportException">The store cannot be reached.</exception>
    ValueTask<IReadOnlyList<EventGroup>> ListGroupsAsync(CancellationToken cancellationToken);
}
