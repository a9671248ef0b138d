using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudNative.Testing.Kubernetes.Storage;

/// <summary>An object as it is kept; never changed.</summary>
internal sealed class StoredObject
{
    public StoredObject(JsonObject json, long version, ImmutableDictionary<string, ImmutableHashSet<string>> owners)
    {
        (Json, Version, Owners) = (json, version, owners);
        var metadata = json["metadata"]!.AsObject();
        metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        Key = new ObjectKey((string?)metadata["namespace"] ?? string.Empty, (string?)metadata["name"] ?? string.Empty);
        Bytes = JsonSerializer.SerializeToUtf8Bytes(json, JsonText.TypeInfo);
    }

    public ObjectKey Key { get; }

    /// <summary>Read only.</summary>
    public JsonObject Json { get; }

    public byte[] Bytes { get; }

    public long Version { get; }

    /// <summary>The paths of the fields that each manager owns by server-side apply.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Owners { get; }
}
