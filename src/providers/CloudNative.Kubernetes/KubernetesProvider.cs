using System.Reflection;
using CloudNative.Kubernetes;

[assembly: AssemblyMetadata("CloudNative.Provider", KubernetesProvider.Name)]

namespace CloudNative.Kubernetes;

/// <summary>The provider's name, as it stands in configuration and as the key of its services.</summary>
public static class KubernetesProvider
{
    /// <summary>Used as <c>CloudNative:Discovery:Provider</c> and <c>CloudNative:Leases:Provider</c>.</summary>
    public const string Name = "kubernetes";
}
