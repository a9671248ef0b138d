namespace CloudNative.Kubernetes;

/// <summary>How one object differs from what the same reader was told before.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Name">Its namespace and name.</param>
/// <param name="Before">The object as it was told; <see langword="null"/> when it is new.</param>
/// <param name="After">The object as it is; <see langword="null"/> when it is gone.</param>
public readonly record struct KubernetesChange<T>(KubernetesName Name, T? Before, T? After)
    where T : KubernetesObject;
