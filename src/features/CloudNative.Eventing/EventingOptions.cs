namespace CloudNative.Eventing;

/// <summary>Events. Section <c>CloudNative:Eventing</c>; read once at start.</summary>
public sealed class EventingOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Eventing";

    /// <summary>
    /// Whether there are events at all. When off, handlers get nothing and publishing fails. Default <see
    /// langword="true"/>.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many events this process handles at a time, per topic and group. Default 16; 1 to 10,000.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>
    /// How long an event stays with a process that is paused or cut off, before somebody else gets it. Default 10 s; 1
    /// s to 1 h.
    /// </summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What becomes of events whose type no handler of the group knows under any version. Default
    /// <see cref="UnknownEventTypes.Skip"/>.
    /// </summary>
    public UnknownEventTypes UnknownTypes { get; set; }

    /// <summary>
    /// What becomes of the later events of a key whose event is a dead letter, in groups that are ordered by key.
    /// Default: they wait (<see cref="DeadLetterOrdering.Sequenced"/>) where the transport can have them wait; where it
    /// cannot they go on, which is told at start, and asking for it is a start error.
    /// </summary>
    public DeadLetterOrdering? DeadLetterOrdering { get; set; }

    /// <summary>
    /// Whether the span of handling is a child of the one that published, in its trace. Default: a link to it.
    /// </summary>
    public bool ParentSpans { get; set; }

    /// <summary>
    /// The time between two looks at how much waits for each group. Default 15 s; 1 s to 1 h.
    /// </summary>
    public TimeSpan BacklogInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How failed events are tried again.</summary>
    public EventRetryOptions Retry { get; set; } = new();

    /// <summary>What single groups do differently, by the name of the group.</summary>
    public IDictionary<string, EventGroupOptions> Groups { get; } = new Dictionary<string, EventGroupOptions>();
}
