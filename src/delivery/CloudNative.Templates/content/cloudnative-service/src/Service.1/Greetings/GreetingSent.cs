using CloudNative.Eventing;

namespace Service._1.Greetings;

/// <summary>Somebody was greeted. The name is the contract with whoever handles the event; its topic is <c>greetings</c>.</summary>
[Event("greetings.sent")]
internal sealed record GreetingSent(string Name);
