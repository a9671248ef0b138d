namespace CloudNative.Eventing;

/// <summary>Takes what a subscription delivers.</summary>
public interface IDeliverySink
{
    /// <summary>
    /// Takes a delivery and returns at once; called from any thread, several at a time. Must not throw. The credit comes back when the
    /// delivery is settled.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    void Deliver(EventDelivery delivery);

    /// <summary>Told when the subscription stops getting events, and when it gets them again. Must not throw or block.</summary>
    /// <param name="state">The state it is in now.</param>
    /// <param name="reason">Why, and what to do; <see langword="null"/> when all is well.</param>
    void StateChanged(SubscriptionState state, string? reason);
}
