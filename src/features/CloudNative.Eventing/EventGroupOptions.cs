namespace CloudNative.Eventing;

/// <summary>
/// What one group does differently: section <c>CloudNative:Eventing:Groups:&lt;group&gt;</c>. What is not set is as for
/// all groups.
/// </summary>
public sealed class EventGroupOptions
{
    /// <summary>How many events this process handles at a time, per topic. Wins over code. 1 to 10,000.</summary>
    public int? Concurrency { get; set; }

    /// <summary>What becomes of events of unknown types.</summary>
    public UnknownEventTypes? UnknownTypes { get; set; }

    /// <summary>
    /// What becomes of the later events of a key whose event is a dead letter, where the group is ordered by key. Wins
    /// over code.
    /// </summary>
    public DeadLetterOrdering? DeadLetterOrdering { get; set; }

    /// <summary>
    /// How failed events are tried again; <see langword="null"/> as for all groups, else a whole of its own.
    /// </summary>
    public EventRetryOptions? Retry { get; set; }
}
