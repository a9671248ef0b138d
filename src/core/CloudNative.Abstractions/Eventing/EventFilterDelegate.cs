namespace CloudNative.Eventing;

/// <summary>The rest of an attempt, as a filter sees it.</summary>
/// <param name="context">The delivery.</param>
/// <param name="cancellationToken">As for the handler.</param>
/// <returns>A task that completes when the rest is done.</returns>
public delegate ValueTask EventFilterDelegate(EventContext context, CancellationToken cancellationToken);
