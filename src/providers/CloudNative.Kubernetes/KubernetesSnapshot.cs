using System.Collections.Immutable;

namespace CloudNative.Kubernetes;

/// <summary>
/// What an informer knows at one moment. Immutable; two that follow each other share what did not change.
/// </summary>
/// <typeparam name="T">The object.</typeparam>
public sealed class KubernetesSnapshot<T>
    where T : KubernetesObject
{
    internal KubernetesSnapshot(ImmutableDictionary<KubernetesName, T> objects, string? resourceVersion) =>
        (Objects, ResourceVersion) = (objects, resourceVersion);

    /// <summary>The objects by namespace and name.</summary>
    public ImmutableDictionary<KubernetesName, T> Objects { get; }

    /// <summary>The state of the server that this shows; <see langword="null"/> before the first list.</summary>
    public string? ResourceVersion { get; }

    /// <summary>Looks for an object.</summary>
    /// <param name="place">Its namespace; empty for a kind of the whole cluster.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The object; <see langword="null"/> when there is none.</returns>
    public T? Find(string place, string name) => Objects.GetValueOrDefault(new KubernetesName(place, name));
}
