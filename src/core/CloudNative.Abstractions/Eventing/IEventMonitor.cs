namespace CloudNative.Eventing;

/// <summary>
/// Tells how this service's events are doing, for those who look after it. A singleton of the package that runs handlers; not there where
/// nothing does. Thread-safe.
/// </summary>
public interface IEventMonitor
{
    /// <summary>Looks at all subscriptions and outboxes, and asks the stores how much waits.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// What they say. A store that cannot be reached leaves its numbers unknown and fails nothing. Cheap enough to be asked every few
    /// seconds.
    /// </returns>
    ValueTask<EventReport> LookAsync(CancellationToken cancellationToken);
}
