using CloudNative;
using CloudNative.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names PostgreSQL in <c>AddCloudNative</c>.</summary>
public static class CloudNativePostgreSqlBuilderExtensions
{
    /// <summary>
    /// Makes PostgreSQL a primary for events: it serves when it is the only one, or when <c>CloudNative:Events:Provider</c> names it.
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
