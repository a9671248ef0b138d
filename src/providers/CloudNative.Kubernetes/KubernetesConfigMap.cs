namespace CloudNative.Kubernetes;

/// <summary>
/// A ConfigMap, v1 (https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/config-map-v1/).
/// </summary>
public sealed record KubernetesConfigMap : KubernetesObject
{
    /// <summary>Texts by key.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>Bytes by key; no key is in both.</summary>
    public IReadOnlyDictionary<string, byte[]>? BinaryData { get; init; }

    /// <summary>Whether nobody may change the data any more.</summary>
    public bool? Immutable { get; init; }
}
