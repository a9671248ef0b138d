using CloudNative;
using CloudNative.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names the embedded provider in <c>AddCloudNative</c>.</summary>
public static class CloudNativeEmbeddedBuilderExtensions
{
    /// <summary>
    /// Makes the embedded provider a primary for discovery, leases and events, in every environment. All processes of the app
    /// must then run on one machine and share its data directory.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ICloudNativeBuilder UseEmbedded(this ICloudNativeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddEmbedded(ProviderRank.Primary);
        return builder;
    }
}
