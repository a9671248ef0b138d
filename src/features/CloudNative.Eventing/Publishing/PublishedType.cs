using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.Publishing;

/// <summary>A type that is published: its name on the wire, its topic, and how it is written.</summary>
internal sealed record PublishedType(EventType Event, JsonTypeInfo Json);
