using System.Reflection;
using CloudNative.Consul;

[assembly: AssemblyMetadata("CloudNative.Provider", ConsulProvider.Name)]

namespace CloudNative.Consul;

/// <summary>The provider's name, as it stands in configuration and as the key of its services.</summary>
public static class ConsulProvider
{
    /// <summary>Used as <c>CloudNative:Discovery:Provider</c> and <c>CloudNative:Leases:Provider</c>.</summary>
    public const string Name = "consul";
}
