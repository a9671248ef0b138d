namespace CloudNative.Eventing;

/// <summary>
/// One event on loan to this process. It is settled exactly once; until then its lease is renewed by the transport.
/// </summary>
public abstract class EventDelivery
{
    /// <summary>The event.</summary>
    public abstract EventEnvelope Event { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>Its place in the topic's log, from 1, dense; <see langword="null"/> where there is no log.</summary>
    public abstract long? Position { get; }

    /// <summary>When the transport stored it.</summary>
    public abstract DateTimeOffset Stored { get; }

    /// <summary>
    /// Fires when the lease is lost: somebody else handles the event, and settling it here has no effect.
    /// </summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Says what became of the delivery.</summary>
    /// <param name="settlement">What became of it.</param>
    /// <param name="cancellationToken">Ends the wait, not the settling.</param>
    /// <returns>
    /// Whether it counted: <see langword="false"/> when the lease had been lost, and the event is or was handled elsewhere.
    /// </returns>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    /// <exception cref="EventTransportException">
    /// The store failed for as long as the lease lasts; the event will be delivered again.
    /// </exception>
    public abstract ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken);
}
