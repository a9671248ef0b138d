namespace CloudNative.Kubernetes;

/// <summary>
/// What all objects of the API have (https://kubernetes.io/docs/concepts/overview/working-with-objects/). Immutable.
/// Kinds of your own derive from it.
/// </summary>
public abstract record KubernetesObject
{
    /// <summary>Group and version, such as <c>discovery.k8s.io/v1</c>; filled in when it is sent.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The kind, such as <c>EndpointSlice</c>; filled in when it is sent.</summary>
    public string? Kind { get; init; }

    /// <summary>Name, version and labels.</summary>
    public KubernetesMetadata Metadata
    {
        get => field ?? KubernetesMetadata.Empty;
        init;
    }

    /// <summary>Name and namespace.</summary>
    internal KubernetesName Name => new(Metadata.Namespace ?? string.Empty, Metadata.Name ?? string.Empty);
}
