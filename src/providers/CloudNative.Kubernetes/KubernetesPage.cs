namespace CloudNative.Kubernetes;

/// <summary>
/// One page of a list
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).
/// </summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Items">The objects, by namespace and name.</param>
/// <param name="ResourceVersion">The state of the whole list, the same for all its pages; watch from here.</param>
/// <param name="Continue">Gets the next page; <see langword="null"/> on the last one.</param>
public sealed record KubernetesPage<T>(IReadOnlyList<T> Items, string ResourceVersion, string? Continue)
    where T : KubernetesObject;
