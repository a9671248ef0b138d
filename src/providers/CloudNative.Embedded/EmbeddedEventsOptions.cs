namespace CloudNative.Embedded;

/// <summary>How the event log keeps what it takes. Section <c>CloudNative:Embedded:Events</c>; read once, at first use.</summary>
public sealed class EmbeddedEventsOptions
{
    /// <summary>When an event that was published counts as stored. Default <see cref="EventDurability.Full"/>.</summary>
    public EventDurability Durability { get; set; } = EventDurability.Full;

    /// <summary>
    /// How long an event is kept, and its id remembered, after it was stored. It stays longer while a group has still to handle it; a group
    /// that had no member for this long holds nothing back. Default 7 days; 1 min to 3,650 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// The size of <c>events.db</c>, in bytes, from which on events that all groups have handled go before their time. When there are none,
    /// publishing fails. Default 4 GiB; 16 MiB to 1 TiB.
    /// </summary>
    public long MaxSize { get; set; } = 4L * 1024 * 1024 * 1024;
}
