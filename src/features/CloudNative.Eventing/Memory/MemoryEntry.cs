namespace CloudNative.Eventing.Memory;

/// <summary>An event as it lies in a topic's log.</summary>
/// <param name="Event">The event.</param>
/// <param name="Stored">When it was stored, in ticks of UTC.</param>
/// <param name="Due">When it may be seen, as a timestamp of the clock; 0 for at once.</param>
internal readonly record struct MemoryEntry(EventEnvelope Event, long Stored, long Due);
