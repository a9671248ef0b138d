namespace CloudNative.Eventing.Generators.Emission;

/// <summary>What handles an event.</summary>
/// <param name="EventType">The type of the event.</param>
internal abstract record HandlerModel(string EventType);
