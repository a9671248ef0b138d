using CloudNative.Kubernetes.Discovery;
using CloudNative.Kubernetes.Leases;
using CloudNative.Providers;

namespace CloudNative.Kubernetes.Rights;

/// <summary>What this service asks of the API server, by its configuration.</summary>
internal sealed class RightsInUse(KubernetesOptions options, IProviderSelector providers)
{
    public IReadOnlyList<KubernetesRight> Find() =>
    [
        .. IsChosen(CloudNativeFeatures.Discovery) ? EndpointSliceSource.RightsOf(options) : [],
        .. IsChosen(CloudNativeFeatures.Leases)
            ? [KubernetesLeaseProvider.RightOf(options)]
            : Array.Empty<KubernetesRight>(),
    ];

    private bool IsChosen(string feature) => providers.Choose(feature).Provider == KubernetesProvider.Name;
}
