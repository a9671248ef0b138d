namespace CloudNative.Eventing;

/// <summary>A handler as a method: what <see cref="IEventHandler{T}.HandleAsync"/> is for a class.</summary>
/// <param name="data">The event.</param>
/// <param name="context">Its envelope, and what can be done with this delivery.</param>
/// <param name="cancellationToken">As for <see cref="IEventHandler{T}"/>.</param>
/// <typeparam name="T">The type of the event.</typeparam>
/// <returns>A task that completes when the event is handled.</returns>
public delegate ValueTask EventCallback<in T>(T data, EventContext context, CancellationToken cancellationToken);
