namespace CloudNative.Eventing;

/// <summary>
/// What becomes of the later events of a key, in a group that is ordered by key, when one is a dead letter. Without a
/// key there is no order, and nothing waits.
/// </summary>
public enum DeadLetterOrdering
{
    /// <summary>
    /// They wait: each is put aside behind the dead letter, untried, until that is replayed and handled, or discarded.
    /// Then they follow one after another. Needs <see cref="TransportCapabilities.SequencedDeadLetters"/>.
    /// </summary>
    Sequenced,

    /// <summary>They go on; a dead letter that is replayed comes after them.</summary>
    Independent,
}
