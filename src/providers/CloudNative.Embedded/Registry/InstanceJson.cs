using System.Text.Json;
using System.Text.Json.Serialization;
using CloudNative.Discovery;

namespace CloudNative.Embedded.Registry;

/// <summary>
/// How an instance is written in the store. Versions of the SDK run side by side on one store: names stay, unknown ones are ignored.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServiceInstance))]
internal sealed partial class InstanceJson : JsonSerializerContext
{
    public static string Write(ServiceInstance instance) => JsonSerializer.Serialize(instance, Default.ServiceInstance);

    public static ServiceInstance Read(string document) =>
        JsonSerializer.Deserialize(document, Default.ServiceInstance)
        ?? throw new JsonException("The store holds an empty instance.");
}
