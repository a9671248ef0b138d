namespace CloudNative.Eventing;

/// <summary>How long the inbox remembers. Section <c>CloudNative:Eventing:Inbox</c>; read once at start.</summary>
public sealed class EventInboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Eventing:Inbox";

    /// <summary>
    /// How long a claim is kept. It has to be longer than an event can come back after: the retries of its group, and how long you leave
    /// a dead letter before you replay it. Default 14 d; 1 h to 10 years.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(14);

    /// <summary>The time between two looks for claims that are too old. Default 10 min; 1 s to 1 d.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(10);
}
