using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Testing.Kubernetes.Storage;

/// <summary>JSON without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonText : JsonSerializerContext
{
    public static JsonTypeInfo<JsonObject> TypeInfo => Default.JsonObject;

    /// <summary>A copy that may be changed.</summary>
    public static JsonObject Copy(JsonObject json) => json.DeepClone().AsObject();
}
