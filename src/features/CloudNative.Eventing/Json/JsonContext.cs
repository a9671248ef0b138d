using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.Json;

/// <summary>A source of JSON metadata that the service added.</summary>
internal sealed record JsonContext(IJsonTypeInfoResolver Resolver);
