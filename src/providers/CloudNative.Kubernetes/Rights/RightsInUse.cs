using CloudNative.Kubernetes.Discovery;
using CloudNative.Kubernetes.Leases;
using CloudNative.Kubernetes.Meshes;
using CloudNative.Kubernetes.Sources;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes.Rights;

/// <summary>What this service asks of the API server, by its configuration.</summary>
internal sealed class RightsInUse(KubernetesOptions options, IProviderSelector providers, IConfiguration configuration)
{
    public IReadOnlyList<KubernetesRight> Find() =>
    [
        .. IsChosen(CloudNativeFeatures.Discovery) && !IsBalancedByPlatform ? EndpointSliceSource.RightsOf(options) : [],
        .. IsChosen(CloudNativeFeatures.Leases)
            ? [KubernetesLeaseProvider.RightOf(options)]
            : Array.Empty<KubernetesRight>(),
        .. ((configuration as IConfigurationRoot)?.Providers.OfType<SettingsProvider>() ?? [])
            .Select(provider => provider.Right)
            .OfType<KubernetesRight>()
            .Distinct(),
    ];

    private bool IsBalancedByPlatform =>
        string.Equals(configuration[MeshWatch.BalancingKey], "Platform", StringComparison.OrdinalIgnoreCase);

    private bool IsChosen(string feature) => providers.Choose(feature).Provider == KubernetesProvider.Name;
}
