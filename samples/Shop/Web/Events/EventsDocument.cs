namespace Shop.Web.Events;

/// <summary>What a service answers to <c>GET /cloudnative/subscriptions</c>, as far as the panel shows it.</summary>
/// <param name="Subscriptions">Its own.</param>
/// <param name="Outboxes">Its own.</param>
/// <param name="Groups">All that share its log; <see langword="null"/> when it cannot tell.</param>
public sealed record EventsDocument(
    IReadOnlyList<SubscriptionMark> Subscriptions, IReadOnlyList<WaitingOutbox> Outboxes, IReadOnlyList<WaitingGroup>? Groups);
