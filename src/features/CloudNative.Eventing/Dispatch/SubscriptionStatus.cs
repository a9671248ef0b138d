namespace CloudNative.Eventing.Dispatch;

/// <summary>How a subscription is, and why.</summary>
internal sealed record SubscriptionStatus(SubscriptionState State, string? Reason)
{
    /// <summary>Before the first answer of the transport.</summary>
    public static SubscriptionStatus NotYet { get; } = new(SubscriptionState.Paused, "Not subscribed yet");

    public static SubscriptionStatus Active { get; } = new(SubscriptionState.Active, null);
}
