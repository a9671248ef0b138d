namespace CloudNative.Kubernetes;

/// <summary>
/// The part of <c>ObjectMeta</c> that services use
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/). Immutable.
/// </summary>
public sealed record KubernetesMetadata
{
    internal static KubernetesMetadata Empty { get; } = new();

    /// <summary>The name, unique in its namespace.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace; <see langword="null"/> for kinds of the whole cluster.</summary>
    public string? Namespace { get; init; }

    /// <summary>Unique for ever: a deleted object and one made again by the same name differ in it.</summary>
    public string? Uid { get; init; }

    /// <summary>
    /// The state that this was read at. Opaque; a write that carries it fails when somebody changed the object
    /// meanwhile (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions).
    /// </summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Grows with each change of what is wanted; kept for some kinds only.</summary>
    public long? Generation { get; init; }

    /// <summary>Labels; <see langword="null"/> for none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations; <see langword="null"/> for none.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>When it was made, by the server's clock.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Set while it is being deleted and somebody's finalizer holds it.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>A label's value.</summary>
    /// <param name="label">The label, such as <c>kubernetes.io/service-name</c>.</param>
    /// <returns>The value; <see langword="null"/> when there is none.</returns>
    public string? FindLabel(string label) =>
        Labels is { } labels && labels.TryGetValue(label, out var value) ? value : null;
}
