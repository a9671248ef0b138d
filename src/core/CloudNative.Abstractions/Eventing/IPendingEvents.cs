namespace CloudNative.Eventing;

/// <summary>
/// Counts exactly what is on its way in this process, so that a test can wait for all of it instead of for some time. Implemented by
/// transports that keep everything in memory and by the relays of outboxes; registered as singletons, several side by side.
/// Thread-safe.
/// </summary>
/// <remarks>
/// An event that moves from one place to another (from an outbox to a transport, from a handler to an outbox) is counted in the new
/// place before it leaves the old one. Whoever reads all places twice, finds nothing ready and every
/// <see cref="PendingEvents.Version"/> unchanged knows that there was a moment when nothing was under way anywhere.
/// </remarks>
public interface IPendingEvents
{
    /// <summary>
    /// Where the events are: the provider's name for a transport (<c>memory</c>), else words such as <c>outbox of orders.db</c>.
    /// </summary>
    string Name { get; }

    /// <summary>What is on its way now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The count, of one moment.</returns>
    ValueTask<PendingEvents> CountAsync(CancellationToken cancellationToken);

    /// <summary>Waits until nothing is ready or being handled here; what is due later does not matter. Not by polling.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes at such a moment; more may have come since.</returns>
    ValueTask WhenNoneReadyAsync(CancellationToken cancellationToken);

    /// <summary>What is due later: delayed events, and events that wait for another attempt.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Each with the time when it is due, the next first.</returns>
    ValueTask<IReadOnlyList<ScheduledEvent>> ListScheduledAsync(CancellationToken cancellationToken);
}
