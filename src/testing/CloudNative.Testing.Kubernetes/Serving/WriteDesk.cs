using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// Creates, replaces, patches and deletes, with optimistic concurrency by <c>metadata.resourceVersion</c>
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions).
/// </summary>
internal sealed class WriteDesk(ObjectStorage store)
{
    public JsonObject Create(StoredKind kind, ApiPath path, JsonObject item) => store.Atomically(() =>
    {
        var key = Identify(kind, path.Namespace, null, item);
        if (store.Find(kind.Plural, key) is not null)
        {
            throw ApiProblem.AlreadyExists(kind, key.Name);
        }

        if (VersionOf(item) is not null)
        {
            throw ApiProblem.BadRequest("resourceVersion should not be set on objects to be created");
        }

        return JsonText.Copy(store.Write(kind, item).Json);
    });

    public JsonObject Replace(StoredKind kind, ApiPath path, JsonObject item) => store.Atomically(() =>
    {
        var key = Identify(kind, path.Namespace, path.Name, item);
        var (before, version) = (store.Find(kind.Plural, key), VersionOf(item));
        if (before is null && !kind.IsStrict)
        {
            throw ApiProblem.NotFound(kind, key.Name);
        }

        if (before is not null && version is null && kind.IsStrict)
        {
            throw ApiProblem.Invalid(
                kind, key.Name, "metadata.resourceVersion: Invalid value: 0x0: must be specified for an update");
        }

        RequireVersion(kind, key, before, version);
        return JsonText.Copy(store.Write(kind, item).Json);
    });

    public JsonObject Patch(StoredKind kind, ApiPath path, ApiRequest request, JsonObject patch) =>
        store.Atomically(() =>
        {
            var before = store.Find(kind.Plural, new ObjectKey(path.Namespace ?? string.Empty, path.Name!));
            return request.ContentType switch
            {
                "application/merge-patch+json" => Merge(kind, path, before, patch),
                "application/apply-patch+yaml" => Apply(kind, path, before, request, patch),
                var other => throw ApiProblem.UnsupportedMediaType(other),
            };
        });

    public JsonObject Delete(StoredKind kind, ApiPath path) =>
        store.Delete(kind.Plural, new ObjectKey(path.Namespace ?? string.Empty, path.Name!)) is not null
            ? new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Success" }
            : throw ApiProblem.NotFound(kind, path.Name!);

    private static string? VersionOf(JsonObject item) =>
        (string?)item["metadata"]?["resourceVersion"] is { Length: > 0 } version ? version : null;

    // A version that comes along has to be the latest one, whatever the verb.
    private static void RequireVersion(StoredKind kind, ObjectKey key, StoredObject? before, string? version)
    {
        if (version is not null && version != (string?)before?.Json["metadata"]!["resourceVersion"])
        {
            throw ApiProblem.Changed(kind, key.Name);
        }
    }

    private static ObjectKey Identify(StoredKind kind, string? place, string? name, JsonObject item)
    {
        if (item["metadata"] is not JsonObject metadata)
        {
            item["metadata"] = metadata = [];
        }

        name ??= (string?)metadata["name"];
        if (string.IsNullOrEmpty(name))
        {
            throw ApiProblem.Invalid(
                kind, string.Empty, "metadata.name: Required value: name or generateName is required");
        }

        if (metadata["name"] is { } given && (string?)given != name)
        {
            throw ApiProblem.BadRequest(
                $"the name of the object ({given}) does not match the name on the URL ({name})");
        }

        if (kind.IsNamespaced && metadata["namespace"] is { } other && (string?)other != place)
        {
            throw ApiProblem.BadRequest(
                "the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["name"] = name;
        if (kind.IsNamespaced)
        {
            metadata["namespace"] = place;
        }

        return new ObjectKey(place ?? string.Empty, name);
    }

    private JsonObject Merge(StoredKind kind, ApiPath path, StoredObject? before, JsonObject patch)
    {
        if (before is null)
        {
            throw ApiProblem.NotFound(kind, path.Name!);
        }

        RequireVersion(kind, before.Key, before, VersionOf(patch));
        var merged = MergePatch.Apply(JsonText.Copy(before.Json), patch);
        Identify(kind, path.Namespace, path.Name, merged);
        return JsonText.Copy(store.Write(kind, merged).Json);
    }

    private JsonObject Apply(
        StoredKind kind, ApiPath path, StoredObject? before, ApiRequest request, JsonObject applied)
    {
        var manager = request.Ask("fieldManager")
            ?? throw ApiProblem.BadRequest("fieldManager is required for apply patch");
        Identify(kind, path.Namespace, path.Name, applied);
        RequireVersion(kind, new ObjectKey(path.Namespace ?? string.Empty, path.Name!), before, VersionOf(applied));
        var (json, owners) = ServerSideApply.Merge(before, applied, manager, request.IsSet("force"));
        return JsonText.Copy(store.Write(kind, json, owners).Json);
    }
}
