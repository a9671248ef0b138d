using System.Text.Json;
using System.Text.Json.Serialization;
using CloudNative.Discovery;

namespace CloudNative.Embedded.Registry;

/// <summary>Writes and reads <see cref="InstanceDocument"/>, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstanceDocument), TypeInfoPropertyName = "Document")]
internal sealed partial class InstanceJson : JsonSerializerContext
{
    public static string Write(ServiceInstance instance) =>
        JsonSerializer.Serialize(InstanceDocument.Of(instance), Default.Document);

    public static ServiceInstance Read(string document) =>
        (JsonSerializer.Deserialize(document, Default.Document)
            ?? throw new JsonException("The store holds an empty instance.")).ToInstance();
}
