using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CloudNative.Discovery;
using CloudNative.Kubernetes.Rights;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>
/// Finds instances in EndpointSlices. While the API server is away the table is told so, and keeps what it knows; the
/// informer asks again at its own pace.
/// </summary>
internal sealed class EndpointSliceSource(
    Func<KubernetesInformers> informers, string ownNamespace, string domain, string? zone) : IEndpointSource
{
    private readonly NameSource _names = new();

    public string Name => KubernetesProvider.Name;

    public bool RecoversByItself => true;

    /// <summary>What it asks of the API server.</summary>
    public static IEnumerable<KubernetesRight> RightsOf(KubernetesOptions options) =>
        options.Discovery.Source == KubernetesDiscoverySource.EndpointSlices
            ? options.Discovery.Namespaces.Prepend(options.Namespace!).Distinct(StringComparer.Ordinal).Select(place =>
                new KubernetesRight(
                    "finds the pods of Services",
                    place,
                    KubernetesKinds.EndpointSlices.Group,
                    KubernetesKinds.EndpointSlices.Plural,
                    ["list", "watch"]))
            : [];

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        if (ServiceName.Parse(service, ownNamespace, domain) is not { } name)
        {
            await foreach (var nothing in _names.WatchAsync(service, cancellationToken).ConfigureAwait(false))
            {
                yield return nothing;
            }

            yield break;
        }

        var (joined, reason) = TryJoin(name);
        if (joined is null)
        {
            yield return EndpointUpdate.Unavailable(reason!);
            yield break;
        }

        using var informer = joined;
        var view = new SliceView(service, zone);
        await foreach (var update in informer.ReadUpdatesAsync(cancellationToken).ConfigureAwait(false))
        {
            view.Apply(update.Changes);
            yield return update.Status.Failure is { } failure
                ? EndpointUpdate.Unavailable(failure.Message, isSourceDown: IsDown(failure))
                : view.Answer();
        }
    }

    // A server that refuses one namespace answers for others.
    private static bool IsDown(KubernetesException failure) => failure.StatusCode is null or >= HttpStatusCode.InternalServerError;

    private (KubernetesInformer<KubernetesEndpointSlice>? Informer, string? Reason) TryJoin(ServiceName name)
    {
        try
        {
            var selection = new KubernetesSelection(name.Namespace, $"{KubernetesEndpointSlice.ServiceNameLabel}={name.Name}");
            return (informers().Join(KubernetesKinds.EndpointSlices, selection), null);
        }
        catch (Exception exception) when (
            exception is KubernetesException or CryptographicException or IOException or UnauthorizedAccessException)
        {
            return (null, exception.Message);
        }
    }
}
