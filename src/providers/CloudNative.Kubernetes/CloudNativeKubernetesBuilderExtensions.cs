using CloudNative;
using CloudNative.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names Kubernetes in <c>AddCloudNative</c>.</summary>
public static class CloudNativeKubernetesBuilderExtensions
{
    /// <summary>
    /// Makes Kubernetes a primary for discovery: it serves when it is the only one, or when
    /// <c>CloudNative:Discovery:Provider</c> names it. By default names stay as they are and no right is needed;
    /// <c>CloudNative:Kubernetes:Discovery:Source=EndpointSlices</c> has instances balanced by this process. It serves
    /// leases when <c>CloudNative:Leases:Provider</c> or <c>CloudNative:Providers</c> names it. Calling it twice equals
    /// once.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ICloudNativeBuilder UseKubernetes(this ICloudNativeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKubernetes(ProviderRank.Primary);
        return builder;
    }
}
