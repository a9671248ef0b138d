using System.Text.Json.Serialization;

namespace CloudNative.Kubernetes.Http;

/// <summary>The documents of the API, for compilation ahead of time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubernetesConfigMap))]
[JsonSerializable(typeof(KubernetesSecret))]
[JsonSerializable(typeof(KubernetesLease))]
[JsonSerializable(typeof(KubernetesEndpointSlice))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(ListMetadataDocument))]
internal sealed partial class KubernetesJson : JsonSerializerContext;
