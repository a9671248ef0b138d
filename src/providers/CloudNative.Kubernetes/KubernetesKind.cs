using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Kubernetes;

/// <summary>
/// A kind of object and where the API keeps it. Those of this package are in <see cref="KubernetesKinds"/>; make one
/// for any other kind, also of your own definitions. Immutable.
/// </summary>
/// <typeparam name="T">The object; what it does not declare is not read.</typeparam>
public sealed class KubernetesKind<T>
    where T : KubernetesObject
{
    private readonly string _root;

    /// <summary>Describes a kind.</summary>
    /// <param name="group">The API group, such as <c>coordination.k8s.io</c>; empty for the core group.</param>
    /// <param name="version">The version, such as <c>v1</c>.</param>
    /// <param name="plural">The name in paths and in RBAC rules, such as <c>leases</c>.</param>
    /// <param name="kind">The kind, such as <c>Lease</c>.</param>
    /// <param name="typeInfo">
    /// How it is read and written: of a <c>JsonSerializerContext</c> with camel case that leaves <see langword="null"/>
    /// out.
    /// </param>
    /// <param name="isNamespaced">Whether each object is in a namespace.</param>
    public KubernetesKind(
        string group, string version, string plural, string kind, JsonTypeInfo<T> typeInfo, bool isNamespaced = true)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentException.ThrowIfNullOrEmpty(version);
        ArgumentException.ThrowIfNullOrEmpty(plural);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(typeInfo);
        (Group, Version, Plural, Kind, TypeInfo, IsNamespaced) = (group, version, plural, kind, typeInfo, isNamespaced);
        ApiVersion = group.Length == 0 ? version : $"{group}/{version}";
        _root = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
    }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>The name in paths and in RBAC rules.</summary>
    public string Plural { get; }

    /// <summary>The kind.</summary>
    public string Kind { get; }

    /// <summary>Whether each object is in a namespace.</summary>
    public bool IsNamespaced { get; }

    /// <summary>Group and version as objects carry them.</summary>
    public string ApiVersion { get; }

    internal JsonTypeInfo<T> TypeInfo { get; }

    /// <summary><c>EndpointSlice (discovery.k8s.io/v1)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Kind} ({ApiVersion})";

    internal string PathOf(string? place) =>
        IsNamespaced && place is not null
            ? $"{_root}/namespaces/{Uri.EscapeDataString(place)}/{Plural}"
            : $"{_root}/{Plural}";

    internal string PathOf(string? place, string name) => $"{PathOf(place)}/{Uri.EscapeDataString(name)}";
}
