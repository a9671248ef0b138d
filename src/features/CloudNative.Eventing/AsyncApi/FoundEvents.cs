using System.Text.Json.Nodes;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>What the service handles and publishes.</summary>
/// <param name="Uses">Each use, with its topic.</param>
/// <param name="Schemas">What the data of each type look like.</param>
internal sealed record FoundEvents(IReadOnlyList<EventUse> Uses, IReadOnlyDictionary<Type, JsonObject> Schemas);
