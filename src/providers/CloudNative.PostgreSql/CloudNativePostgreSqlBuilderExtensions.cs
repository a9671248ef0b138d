using CloudNative;
using CloudNative.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names PostgreSQL in <c>AddCloudNative</c>.</summary>
public static class CloudNativePostgreSqlBuilderExtensions
{
    /// <summary>
    /// Makes PostgreSQL a primary for events and leases: it serves when it is the only one, or when configuration names
    /// it (<c>CloudNative:Eventing:Provider</c>, <c>CloudNative:Leases:Provider</c>).
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ICloudNativeBuilder UsePostgreSql(this ICloudNativeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddPostgreSql(ProviderRank.Primary);
        return builder;
    }
}
