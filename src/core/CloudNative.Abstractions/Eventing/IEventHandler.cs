namespace CloudNative.Eventing;

/// <summary>
/// Handles events of one type. Made by the container in a scope of its own for each delivery. An event may come more than once;
/// <see cref="EventContext.TryClaimAsync"/> lets its effect happen once.
/// </summary>
/// <typeparam name="T">The type of the event.</typeparam>
public interface IEventHandler<in T>
{
    /// <summary>Handles one event. Returning acknowledges it, throwing asks for another attempt.</summary>
    /// <param name="data">The event.</param>
    /// <param name="context">Its envelope, and what can be done with this delivery.</param>
    /// <param name="cancellationToken">
    /// Fires when the delivery is no longer this process's to handle, or when the service stops and its time to drain is over. An
    /// attempt that ends by it is not counted.
    /// </param>
    /// <returns>A task that completes when the event is handled.</returns>
    ValueTask HandleAsync(T data, EventContext context, CancellationToken cancellationToken);
}
