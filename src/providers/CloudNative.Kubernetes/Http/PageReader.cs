using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Kubernetes.Http;

/// <summary>Reads a list without a document of its own for each kind.</summary>
internal static class PageReader
{
    public static KubernetesPage<T> Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : KubernetesObject
    {
        var reader = new Utf8JsonReader(json);
        var metadata = new ListMetadataDocument(null, null);
        var items = new List<T>();
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            var isItems = reader.ValueTextEquals("items"u8);
            Require(reader.Read());
            if (isMetadata)
            {
                metadata = JsonSerializer.Deserialize(ref reader, KubernetesJson.Default.ListMetadataDocument)
                    ?? metadata;
            }
            else if (isItems && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(
                        JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException("An item is null."));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        // An empty token is how the last page says that there is no other.
        return new KubernetesPage<T>(
            items,
            metadata.ResourceVersion ?? throw new JsonException("The list has no resourceVersion."),
            metadata.Continue is { Length: > 0 } more ? more : null);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("The answer is no list.");
        }
    }
}
