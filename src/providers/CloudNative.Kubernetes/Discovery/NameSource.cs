using System.Runtime.CompilerServices;
using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>Knows no instances: the names are the cluster's to resolve, and callers use them as they stand.</summary>
internal sealed class NameSource : IEndpointSource
{
    public string Name => KubernetesProvider.Name;

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return EndpointUpdate.NotFound;
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
