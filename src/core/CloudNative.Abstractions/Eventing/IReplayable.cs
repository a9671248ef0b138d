namespace CloudNative.Eventing;

/// <summary>A transport that keeps a log, so that a group can go back. The same object as the transport.</summary>
public interface IReplayable
{
    /// <summary>
    /// Moves a group within its topic, backwards or forwards. Deliveries under way lose their lease. Events due for another
    /// attempt are forgotten; dead letters stay.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="group">The group; it has to exist.</param>
    /// <param name="point">Where it goes on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The position of the next event that the group gets.</returns>
    /// <exception cref="KeyNotFoundException">There is no such topic or group.</exception>
    /// <exception cref="EventTransportException">The store cannot be reached.</exception>
    ValueTask<long> SeekAsync(string topic, string group, ReplayPoint point, CancellationToken cancellationToken);
}
