namespace CloudNative.Eventing;

/// <summary>
/// Runs around each attempt of a handler, in the scope of that attempt. Filters run in the order in which they were added; the
/// event is not deserialised yet when they begin.
/// </summary>
public interface IEventFilter
{
    /// <summary>Does its part and calls <paramref name="next"/>; not calling it acknowledges the event unhandled.</summary>
    /// <param name="context">The delivery.</param>
    /// <param name="next">What comes after this filter, in the end the handler.</param>
    /// <param name="cancellationToken">As for the handler.</param>
    /// <returns>A task that completes when the attempt is over.</returns>
    ValueTask InvokeAsync(EventContext context, EventFilterDelegate next, CancellationToken cancellationToken);
}
