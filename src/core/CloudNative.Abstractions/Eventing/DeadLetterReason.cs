namespace CloudNative.Eventing;

/// <summary>Why an attempt failed or an event was given up.</summary>
public enum DeadLetterReason
{
    /// <summary>The handler threw.</summary>
    HandlerFailed,

    /// <summary>The handler gave it up by <see cref="EventContext.DeadLetter"/>.</summary>
    Rejected,

    /// <summary>The data cannot be read as the handler's type.</summary>
    NotDeserializable,

    /// <summary>No handler of the group knows the type, and the group asks for that to be kept.</summary>
    UnknownType,

    /// <summary>What arrived is no valid CloudEvent.</summary>
    Malformed,

    /// <summary>The process died while it handled the event.</summary>
    ProcessDied,

    /// <summary>
    /// It was not tried: an earlier event of its key is a dead letter, and it waits behind that one. See
    /// <see cref="DeadLetterOrdering.Sequenced"/>.
    /// </summary>
    EarlierDeadLetter,
}
