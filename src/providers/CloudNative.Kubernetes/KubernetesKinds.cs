using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes;

/// <summary>The kinds that this package brings.</summary>
public static class KubernetesKinds
{
    /// <summary>ConfigMaps, v1.</summary>
    public static KubernetesKind<KubernetesConfigMap> ConfigMaps { get; } =
        new("", "v1", "configmaps", "ConfigMap", KubernetesJson.Default.KubernetesConfigMap);

    /// <summary>Secrets, v1.</summary>
    public static KubernetesKind<KubernetesSecret> Secrets { get; } =
        new("", "v1", "secrets", "Secret", KubernetesJson.Default.KubernetesSecret);

    /// <summary>Leases, coordination.k8s.io/v1.</summary>
    public static KubernetesKind<KubernetesLease> Leases { get; } =
        new("coordination.k8s.io", "v1", "leases", "Lease", KubernetesJson.Default.KubernetesLease);

    /// <summary>EndpointSlices, discovery.k8s.io/v1: servers from 1.21 on.</summary>
    public static KubernetesKind<KubernetesEndpointSlice> EndpointSlices { get; } =
        new(
            "discovery.k8s.io",
            "v1",
            "endpointslices",
            "EndpointSlice",
            KubernetesJson.Default.KubernetesEndpointSlice);
}
