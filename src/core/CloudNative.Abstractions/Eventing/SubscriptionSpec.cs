namespace CloudNative.Eventing;

/// <summary>What a member of a group asks of a transport.</summary>
public sealed record SubscriptionSpec
{
    /// <summary>The topic; see <see cref="EventTopic"/>.</summary>
    public required string Topic { get; init; }

    /// <summary>
    /// The group. With <see cref="Broadcast"/> it is this process's alone, and the transport forgets it when the
    /// subscription ends.
    /// </summary>
    public required string Group { get; init; }

    /// <summary>Every process gets every event. Needs <see cref="TransportCapabilities.Broadcast"/>.</summary>
    public bool Broadcast { get; init; }

    /// <summary>
    /// Whether order within a key is kept. Needs <see cref="TransportCapabilities.Ordered"/> for by key.
    /// </summary>
    public EventOrdering Ordering { get; init; }

    /// <summary>
    /// What becomes of the later events of a key when one is a dead letter; matters with <see
    /// cref="EventOrdering.ByKey"/>. A transport without <see cref="TransportCapabilities.SequencedDeadLetters"/> lets
    /// them go on, whatever this says.
    /// </summary>
    public DeadLetterOrdering DeadLetterOrdering { get; init; }

    /// <summary>Where a group begins that has never been here; later starts go on where it stopped.</summary>
    public EventStart Start { get; init; }

    /// <summary>The most deliveries that may be unsettled at a time in this process; at least 1.</summary>
    public int MaxInFlight { get; init; } = 16;

    /// <summary>
    /// How long a delivery may stay unsettled after its process stopped renewing it (paused, or cut off). A process
    /// that died is noticed sooner where the transport can.
    /// </summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The attempts a transport grants before it gives up an event whose process died each time; at least 1. Attempts
    /// that end in
    /// <see cref="Settlement.Retry"/> are the sink's to count.
    /// </summary>
    public int MaxAttempts { get; init; } = 10;
}
