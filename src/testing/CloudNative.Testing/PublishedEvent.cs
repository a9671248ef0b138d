using CloudNative.Eventing;

namespace CloudNative.Testing;

/// <summary>An event that was stored.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Event">The event.</param>
/// <param name="Position">Its place in the topic's log, from 1.</param>
/// <param name="Delay">How long it is held back.</param>
public sealed record PublishedEvent(string Topic, EventEnvelope Event, long Position, TimeSpan Delay);
