using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Kubernetes.Http;

/// <summary>
/// Reads one line of a watch: <c>{"type":"MODIFIED","object":{…}}</c>
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/watch-event-v1/).
/// </summary>
internal static class EventReader
{
    /// <summary>Reads a line.</summary>
    /// <returns>The event; null for a type that is not known, which servers to come may send.</returns>
    /// <exception cref="KubernetesException">The event says that the watch has failed.</exception>
    public static KubernetesEvent<T>? Read<T>(in ReadOnlySequence<byte> line, JsonTypeInfo<T> type, KubernetesCall call)
        where T : KubernetesObject
    {
        var reader = new Utf8JsonReader(line);
        Utf8JsonReader place = default;
        string? kind = null;
        var hasObject = false;
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            Require(reader.Read());
            if (isType)
            {
                kind = reader.GetString();
                continue;
            }

            if (isObject)
            {
                // By value: the object is read from here once its type is known, whichever of them comes first.
                place = reader;
                hasObject = true;
            }

            reader.Skip();
        }

        Require(hasObject);
        if (kind == "ERROR")
        {
            throw OfError(ref place, call);
        }

        KubernetesEventType? found = kind switch
        {
            "ADDED" => KubernetesEventType.Added,
            "MODIFIED" => KubernetesEventType.Modified,
            "DELETED" => KubernetesEventType.Deleted,
            "BOOKMARK" => KubernetesEventType.Bookmark,
            _ => null,
        };
        return found is { } known
            ? new KubernetesEvent<T>(
                known, JsonSerializer.Deserialize(ref place, type) ?? throw new JsonException("The object is null."))
            : null;
    }

    private static KubernetesException OfError(ref Utf8JsonReader place, KubernetesCall call)
    {
        var status = JsonSerializer.Deserialize(ref place, KubernetesJson.Default.StatusDocument)
            ?? new StatusDocument(null, null, null, null, null);
        var code = (HttpStatusCode)(status.Code ?? (status.Reason == "Expired" ? 410 : 500));
        return KubernetesErrors.OfStatus(call, code, status);
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("The line is no event.");
        }
    }
}
