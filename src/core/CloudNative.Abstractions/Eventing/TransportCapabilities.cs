namespace CloudNative.Eventing;

/// <summary>
/// What a transport can do beyond storing events and delivering them at least once. What a handler or publisher asks
/// for and the transport lacks is an error, never a silent emulation.
/// </summary>
[Flags]
public enum TransportCapabilities
{
    /// <summary>Nothing beyond the contract.</summary>
    None = 0,

    /// <summary>Events survive the end of every process once acknowledged.</summary>
    Durable = 1,

    /// <summary>Events of one key can be delivered one after another, across processes.</summary>
    Ordered = 2,

    /// <summary>An event can be held back for a time.</summary>
    Delayed = 4,

    /// <summary>Every process can get every event.</summary>
    Broadcast = 8,

    /// <summary>A group can go back to a position or time: <see cref="IReplayable"/>.</summary>
    Replay = 16,

    /// <summary>Dead letters can be listed, replayed and discarded: <see cref="IDeadLetterStore"/>.</summary>
    DeadLetters = 32,

    /// <summary>An event that was published twice under one source and id is stored once.</summary>
    Deduplicated = 64,

    /// <summary>
    /// In a group that is ordered by key, what follows a dead letter of a key waits behind it:
    /// <see cref="DeadLetterOrdering.Sequenced"/>.
    /// </summary>
    SequencedDeadLetters = 128,
}
