namespace CloudNative.Eventing.Generators.Emission;

/// <summary>A class that handles an event. Its own name is not needed: the call says it.</summary>
/// <param name="EventType">The type of the event.</param>
/// <param name="KeptMembers">What trimming keeps of the class, as the typed method asks; 0 when it asks for nothing.</param>
internal sealed record ClassModel(string EventType, int KeptMembers) : HandlerModel(EventType);
