using System.Reflection;
using CloudNative.Embedded;

[assembly: AssemblyMetadata("CloudNative.Provider", EmbeddedProvider.Name)]

namespace CloudNative.Embedded;

/// <summary>The provider's name, as it stands in configuration and as the key of its services.</summary>
public static class EmbeddedProvider
{
    /// <summary>Used as <c>CloudNative:Discovery:Provider</c> and <c>CloudNative:Leases:Provider</c>.</summary>
    public const string Name = "embedded";
}
