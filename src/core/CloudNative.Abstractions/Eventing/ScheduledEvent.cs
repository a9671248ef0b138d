namespace CloudNative.Eventing;

/// <summary>An event that is due later.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Group">The group that waits for it; <see langword="null"/> while it has not reached a transport.</param>
/// <param name="Event">The event.</param>
/// <param name="Attempt">The attempt that comes next, from 1.</param>
/// <param name="Due">When, by the host's clock.</param>
public sealed record ScheduledEvent(string Topic, string? Group, EventEnvelope Event, int Attempt, DateTimeOffset Due);
