using CloudNative;
using CloudNative.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names Consul in <c>AddCloudNative</c>.</summary>
public static class CloudNativeConsulBuilderExtensions
{
    /// <summary>
    /// Makes Consul a primary for discovery and leases: it serves when it is the only one, or when
    /// <c>CloudNative:Discovery:Provider</c> and <c>CloudNative:Leases:Provider</c> name it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ICloudNativeBuilder UseConsul(this ICloudNativeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddConsul(ProviderRank.Primary);
        return builder;
    }
}
