namespace CloudNative.Kubernetes;

/// <summary>
/// What a watch tells (https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes).
/// </summary>
public enum KubernetesEventType
{
    /// <summary>It was made, or has come to match the selection.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It was deleted, or matches the selection no longer.</summary>
    Deleted,

    /// <summary>All changes up to this resource version were told; nothing changed.</summary>
    Bookmark,
}
