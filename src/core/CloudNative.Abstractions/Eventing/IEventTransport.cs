namespace CloudNative.Eventing;

/// <summary>
/// Stores events by topic and delivers them to groups, at least once. Thread-safe; a singleton keyed by the provider's name. It opens
/// nothing before it is first used.
/// </summary>
public interface IEventTransport
{
    /// <summary>What it can do; constant.</summary>
    TransportCapabilities Capabilities { get; }

    /// <summary>The largest envelope it takes, in bytes of data and attributes together; constant.</summary>
    int MaxEventSize { get; }

    /// <summary>Stores a batch: all of it, in this order within each topic, or nothing.</summary>
    /// <param name="batch">The events; not empty.</param>
    /// <param name="cancellationToken">Ends the wait; what was handed over may be stored all the same.</param>
    /// <returns>A task that completes when the batch is acknowledged: on disk, where the transport is durable.</returns>
    /// <exception cref="EventTransportException">
    /// It is not acknowledged. Nothing was stored, unless only the way to the disk failed: then it may be delivered all the same.
    /// Appending it again under the same ids stores it once where the transport is <see cref="TransportCapabilities.Deduplicated"/>.
    /// </exception>
    ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken);

    /// <summary>
    /// Takes part in a group. A group gets each event of its topic once unless an attempt fails; its members, in this process and in
    /// others, share the events. The subscription outlives failures of the store: it comes back by itself and says so.
    /// </summary>
    /// <param name="spec">Topic, group and what is asked for; within <see cref="Capabilities"/>.</param>
    /// <param name="sink">Gets the deliveries, at most <see cref="SubscriptionSpec.MaxInFlight"/> unsettled ones at a time.</param>
    /// <param name="cancellationToken">Ends the attempt to subscribe.</param>
    /// <returns>The subscription, when the group exists and will get what is published from now on.</returns>
    /// <exception cref="EventTransportException">The store cannot be reached.</exception>
    ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken);
}
