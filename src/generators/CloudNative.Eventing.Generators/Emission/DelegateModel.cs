namespace CloudNative.Eventing.Generators.Emission;

/// <summary>A delegate that handles an event.</summary>
/// <param name="EventType">The type of the event.</param>
/// <param name="Cast">An expression that gives <c>handler</c> its type.</param>
/// <param name="Answer">What the delegate returns.</param>
/// <param name="Arguments">An expression for each of its parameters.</param>
internal sealed record DelegateModel(string EventType, string Cast, HandlerAnswer Answer, EquatableArray<string> Arguments)
    : HandlerModel(EventType);
