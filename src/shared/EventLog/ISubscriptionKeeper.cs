using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>Whoever keeps the subscriptions of a process, and gives them a place in their group again.</summary>
internal interface ISubscriptionKeeper
{
    /// <summary>It has ended.</summary>
    void Forget(EventSubscription subscription);

    /// <summary>It was put out of its group, and is to join again.</summary>
    void Rejoin(EventSubscription subscription);

    /// <summary>What a group has before it, with failures as the contract has them.</summary>
    Task<EventBacklog> ReadBacklogAsync(long group, CancellationToken cancellationToken);
}
