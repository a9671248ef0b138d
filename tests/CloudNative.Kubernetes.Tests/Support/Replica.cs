using System.Collections.Immutable;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>What a reader makes of the changes alone; each has to fit what it was told before.</summary>
internal sealed class Replica
{
    private ImmutableDictionary<KubernetesName, KubernetesConfigMap> _objects =
        ImmutableDictionary<KubernetesName, KubernetesConfigMap>.Empty;

    public Replica(KubernetesInformer<KubernetesConfigMap> informer, CancellationToken cancellationToken) =>
        Completion = Task.Run(() => ReadAsync(informer, cancellationToken), cancellationToken);

    public Task Completion { get; }

    public ImmutableDictionary<KubernetesName, KubernetesConfigMap> Objects => Volatile.Read(ref _objects);

    private async Task ReadAsync(KubernetesInformer<KubernetesConfigMap> informer, CancellationToken cancellationToken)
    {
        await foreach (var update in informer.ReadUpdatesAsync(cancellationToken))
        {
            var objects = _objects;
            foreach (var change in update.Changes)
            {
                Assert.Same(objects.GetValueOrDefault(change.Name), change.Before);
                objects = change.After is null ? objects.Remove(change.Name) : objects.SetItem(change.Name, change.After);
            }

            Assert.Equal(update.Snapshot.Objects.Count, objects.Count);
            Volatile.Write(ref _objects, objects);
        }
    }
}
