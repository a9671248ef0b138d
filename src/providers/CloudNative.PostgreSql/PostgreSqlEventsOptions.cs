namespace CloudNative.PostgreSql;

/// <summary>How the event log keeps and finds events. Section <c>CloudNative:PostgreSql:Events</c>; read once, at first use.</summary>
public sealed class PostgreSqlEventsOptions
{
    /// <summary>
    /// How long an event is kept, and its id remembered, after it was stored. It stays longer while a group has still to handle it; a group
    /// that had no member for this long holds nothing back. Default 7 days; 1 min to 3,650 days.
    /// </summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Longest time between two looks for events when nobody tells of any. The server tells at once; this is the safety net. A look only
    /// reads. Default 1 s; 100 ms to 1 min.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}
