namespace CloudNative.Eventing;

/// <summary>An event on its way to a transport.</summary>
/// <param name="Topic">The topic; see <see cref="EventTopic"/> for what is allowed.</param>
/// <param name="Event">The event.</param>
/// <param name="Delay">How long nobody gets to see it; zero or more.</param>
public readonly record struct OutgoingEvent(string Topic, EventEnvelope Event, TimeSpan Delay = default);
