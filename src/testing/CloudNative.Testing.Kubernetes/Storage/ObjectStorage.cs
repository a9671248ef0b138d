using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudNative.Testing.Kubernetes.Storage;

/// <summary>
/// The objects and their history: one version for all kinds, which grows with each change, as that of etcd behind a
/// real server (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions).
/// </summary>
internal sealed class ObjectStorage
{
    // Servers forget by time; this one by count, so that long tests do not fill the memory.
    private const int MostHistory = 20_000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, StoredKind> _kinds = [];
    private readonly Dictionary<string, ImmutableSortedDictionary<ObjectKey, StoredObject>> _objects = [];
    private readonly Queue<StoredEvent> _history = [];
    private readonly Dictionary<(string, long), ImmutableSortedDictionary<ObjectKey, StoredObject>> _pages = [];
    private long _version = 1;
    private long _compacted;

    public ObjectStorage(TimeProvider time)
    {
        _time = time;
        AddKind(new StoredKind("", "v1", "configmaps", "ConfigMap", IsNamespaced: true));
        AddKind(new StoredKind("", "v1", "secrets", "Secret", IsNamespaced: true));
        AddKind(new StoredKind("coordination.k8s.io", "v1", "leases", "Lease", IsNamespaced: true, IsStrict: true));
        AddKind(new StoredKind("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", IsNamespaced: true));
    }

    /// <summary>Is told of every change, in order, under the lock.</summary>
    public Action<StoredEvent>? Changed { get; set; }

    public string Version
    {
        get
        {
            lock (_lock)
            {
                return _version.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    public void AddKind(StoredKind kind)
    {
        lock (_lock)
        {
            _kinds[kind.Plural] = kind;
            _objects.TryAdd(kind.Plural, ImmutableSortedDictionary<ObjectKey, StoredObject>.Empty);
        }
    }

    public void RemoveKind(string plural)
    {
        lock (_lock)
        {
            _kinds.Remove(plural);
        }
    }

    public StoredKind? FindKind(string group, string version, string plural)
    {
        lock (_lock)
        {
            return _kinds.TryGetValue(plural, out var kind) && kind.Group == group && kind.Version == version
                ? kind
                : null;
        }
    }

    /// <summary>Does several things while nothing changes.</summary>
    public T Atomically<T>(Func<T> work)
    {
        lock (_lock)
        {
            return work();
        }
    }

    public StoredObject? Find(string plural, ObjectKey key)
    {
        lock (_lock)
        {
            return _objects[plural].GetValueOrDefault(key);
        }
    }

    /// <summary>
    /// Keeps an object; null when that changes nothing, and then no version is spent, as on a real server.
    /// </summary>
    public StoredObject Write(
        StoredKind kind, JsonObject json, ImmutableDictionary<string, ImmutableHashSet<string>>? owners = null)
    {
        lock (_lock)
        {
            var metadata = json["metadata"]!.AsObject();
            var key = new ObjectKey((string?)metadata["namespace"] ?? string.Empty, (string)metadata["name"]!);
            var before = _objects[kind.Plural].GetValueOrDefault(key);
            (json["apiVersion"], json["kind"]) = (kind.ApiVersion, kind.Kind);
            metadata["uid"] = (string?)before?.Json["metadata"]!["uid"] ?? Guid.NewGuid().ToString();
            metadata["creationTimestamp"] = (string?)before?.Json["metadata"]!["creationTimestamp"]
                ?? _time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            owners ??= before?.Owners ?? ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;
            if (before is not null)
            {
                metadata["resourceVersion"] = (string?)before.Json["metadata"]!["resourceVersion"];
                if (JsonNode.DeepEquals(before.Json, json) && ReferenceEquals(owners, before.Owners))
                {
                    return before;
                }
            }

            var after = new StoredObject(json, ++_version, owners);
            _objects[kind.Plural] = _objects[kind.Plural].SetItem(key, after);
            Add(new StoredEvent(_version, kind.Plural, before, after, IsDeletion: false));
            return after;
        }
    }

    public StoredObject? Delete(string plural, ObjectKey key)
    {
        lock (_lock)
        {
            if (_objects[plural].GetValueOrDefault(key) is not { } before)
            {
                return null;
            }

            _objects[plural] = _objects[plural].Remove(key);
            // A deletion is told with the object as it was and a version of its own.
            var after = new StoredObject(JsonText.Copy(before.Json), ++_version, before.Owners);
            Add(new StoredEvent(_version, plural, before, after, IsDeletion: true));
            return before;
        }
    }

    public JsonObject Put(string plural, JsonObject item)
    {
        lock (_lock)
        {
            return JsonText.Copy(Write(_kinds[plural], JsonText.Copy(item)).Json);
        }
    }

    public bool Remove(string plural, string place, string name) =>
        Delete(plural, new ObjectKey(place, name)) is not null;

    public IReadOnlyList<JsonObject> List(string plural)
    {
        lock (_lock)
        {
            return [.. _objects[plural].Values.Select(item => JsonText.Copy(item.Json))];
        }
    }

    /// <summary>All objects now, and the version that they have together; kept for the pages that follow.</summary>
    public (ImmutableSortedDictionary<ObjectKey, StoredObject> Objects, long Version) Read(string plural, bool isPaged)
    {
        lock (_lock)
        {
            var objects = _objects[plural];
            if (isPaged)
            {
                _pages[(plural, _version)] = objects;
            }

            return (objects, _version);
        }
    }

    /// <summary>All objects as of the first page; null when that is forgotten.</summary>
    public ImmutableSortedDictionary<ObjectKey, StoredObject>? ReadAt(string plural, long version)
    {
        lock (_lock)
        {
            return _pages.GetValueOrDefault((plural, version));
        }
    }

    /// <summary>The changes of a kind after a version; null when they are forgotten.</summary>
    public IReadOnlyList<StoredEvent>? ChangesSince(string plural, long version)
    {
        lock (_lock)
        {
            return version < _compacted
                ? null
                : [.. _history.Where(change => change.Version > version && change.Plural == plural)];
        }
    }

    public void Compact()
    {
        lock (_lock)
        {
            _history.Clear();
            _pages.Clear();
            _compacted = _version;
        }
    }

    private void Add(StoredEvent change)
    {
        _history.Enqueue(change);
        if (_history.Count > MostHistory)
        {
            _compacted = _history.Dequeue().Version;
        }

        Changed?.Invoke(change);
    }
}
