namespace CloudNative.Kubernetes;

/// <summary>One event of a watch.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Type">What happened.</param>
/// <param name="Item">
/// The object after it; of a deletion as it was before; of a bookmark nothing but the resource version.
/// </param>
public readonly record struct KubernetesEvent<T>(KubernetesEventType Type, T Item)
    where T : KubernetesObject;
