using CloudNative.Discovery;
using CloudNative.Providers;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>
/// <c>catalog.billing</c> where that namespace is listed, and <c>catalog.billing.svc</c> with or without the cluster's
/// domain. What looks the same and is not listed, such as <c>example.com</c>, is left to DNS.
/// </summary>
internal sealed class QualifiedNames(KubernetesOptions options, IProviderSelector providers) : IQualifiedServiceNames
{
    private readonly Lazy<bool> _serves = new(() =>
        options.Discovery.Source != KubernetesDiscoverySource.Names
        && providers.Choose(CloudNativeFeatures.Discovery).Provider == KubernetesProvider.Name);

    public bool Names(string host) =>
        _serves.Value
        && ServiceName.Parse(host, string.Empty, options.Discovery.ClusterDomain!) is { Namespace.Length: > 0 } name
        && (name.IsQualifiedFully
            || name.Namespace == options.Namespace
            || options.Discovery.Namespaces.Contains(name.Namespace));
}
