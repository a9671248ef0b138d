namespace Shop.Web.Events;

/// <summary>What a service says of one of its subscriptions.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Group">The group.</param>
/// <param name="State"><c>Active</c>, <c>Paused</c> or <c>Stopped</c>.</param>
/// <param name="Description">Why it gets no events.</param>
public sealed record SubscriptionMark(string Topic, string Group, string State, string? Description);
