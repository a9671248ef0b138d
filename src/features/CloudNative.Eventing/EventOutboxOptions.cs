namespace CloudNative.Eventing;

/// <summary>How events leave the outbox. Section <c>CloudNative:Eventing:Outbox</c>; read once at start.</summary>
public sealed class EventOutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Eventing:Outbox";

    /// <summary>
    /// The longest pause between two attempts while the transport or the database cannot be reached. Pauses grow from 100 ms and are
    /// cut at random. Default 30 s; 1 s to 10 min.
    /// </summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The age of the oldest waiting event from which the service reports itself degraded. Default 1 min; 1 s to 1 d.
    /// </summary>
    public TimeSpan DegradedAfter { get; set; } = TimeSpan.FromMinutes(1);
}
