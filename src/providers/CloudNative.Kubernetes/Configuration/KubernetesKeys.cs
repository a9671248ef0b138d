namespace CloudNative.Kubernetes.Configuration;

/// <summary>All keys below <c>CloudNative:Kubernetes</c>.</summary>
internal static class KubernetesKeys
{
    public const string Section = "Kubernetes";

    private const string Discovery = nameof(KubernetesOptions.Discovery);
    private const string Leases = nameof(KubernetesOptions.Leases);
    private const string Watch = nameof(KubernetesOptions.Watch);

    public static IReadOnlyList<string> All =>
    [
        nameof(KubernetesOptions.Server),
        nameof(KubernetesOptions.Token),
        nameof(KubernetesOptions.TokenFile),
        nameof(KubernetesOptions.CaFile),
        nameof(KubernetesOptions.ClientCertificateFile),
        nameof(KubernetesOptions.ClientKeyFile),
        nameof(KubernetesOptions.Namespace),
        nameof(KubernetesOptions.RbacFile),
        nameof(KubernetesOptions.CallTimeout),
        $"{Discovery}:{nameof(KubernetesDiscoveryOptions.Source)}",
        $"{Discovery}:{nameof(KubernetesDiscoveryOptions.Namespaces)}:*",
        $"{Discovery}:{nameof(KubernetesDiscoveryOptions.PortNames)}:*",
        $"{Discovery}:{nameof(KubernetesDiscoveryOptions.ClusterDomain)}",
        $"{Discovery}:{nameof(KubernetesDiscoveryOptions.DnsServer)}",
        $"{Leases}:{nameof(KubernetesLeaseOptions.Namespace)}",
        $"{Leases}:{nameof(KubernetesLeaseOptions.Prefix)}",
        $"{Watch}:{nameof(KubernetesWatchOptions.Timeout)}",
        $"{Watch}:{nameof(KubernetesWatchOptions.SilenceTimeout)}",
        $"{Watch}:{nameof(KubernetesWatchOptions.ResyncInterval)}",
        $"{Watch}:{nameof(KubernetesWatchOptions.PageSize)}",
    ];
}
