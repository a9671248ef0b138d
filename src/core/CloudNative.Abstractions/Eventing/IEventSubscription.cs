namespace CloudNative.Eventing;

/// <summary>
/// This process's part in a group. Disposing it releases what is unsettled without counting the attempt, and hands its share to the
/// other members.
/// </summary>
public interface IEventSubscription : IAsyncDisposable
{
    /// <summary>What was asked for.</summary>
    SubscriptionSpec Spec { get; }

    /// <summary>Takes no further events; what was delivered can still be settled. Harmless when repeated.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when no delivery follows any more.</returns>
    ValueTask StopAsync(CancellationToken cancellationToken);

    /// <summary>How much the whole group has before it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The backlog; cheap enough to be asked every few seconds.</returns>
    /// <exception cref="EventTransportException">The store cannot be reached.</exception>
    ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken);
}
