namespace CloudNative.Eventing;

/// <summary>How a service's events are doing.</summary>
/// <param name="Subscriptions">This process's subscriptions, in the order in which their handlers were mapped.</param>
/// <param name="Outboxes">The outboxes that this process relays from.</param>
/// <param name="Groups">
/// All groups of the transport, those of other services too; <see langword="null"/> when it cannot list them (now). See
/// <see cref="IEventGroups"/>.
/// </param>
public sealed record EventReport(
    IReadOnlyList<SubscriptionReport> Subscriptions, IReadOnlyList<OutboxReport> Outboxes, IReadOnlyList<EventGroup>? Groups);
