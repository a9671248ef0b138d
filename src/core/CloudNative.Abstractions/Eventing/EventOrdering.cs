namespace CloudNative.Eventing;

/// <summary>Which order a group asks for.</summary>
public enum EventOrdering
{
    /// <summary>None: events are handled as they come, several at a time.</summary>
    None,

    /// <summary>
    /// Events of one key are handled one after another, in the order in which they were stored; the next waits while
    /// one is being retried, and behind a dead letter as <see cref="DeadLetterOrdering"/> says. Events without a key
    /// are in no order.
    /// </summary>
    ByKey,
}
