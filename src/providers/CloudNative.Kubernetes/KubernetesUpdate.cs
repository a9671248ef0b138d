namespace CloudNative.Kubernetes;

/// <summary>
/// What a reader is told: the whole, what changed since it was told last, and how good the knowledge is.
/// </summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Snapshot">All objects.</param>
/// <param name="Changes">
/// One entry for each object that differs from the update before, in no order; all objects in the first one. Empty
/// when only the status changed.
/// </param>
/// <param name="Status">How good the knowledge is.</param>
public sealed record KubernetesUpdate<T>(
    KubernetesSnapshot<T> Snapshot, IReadOnlyList<KubernetesChange<T>> Changes, KubernetesInformerStatus Status)
    where T : KubernetesObject;
