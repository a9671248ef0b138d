using CloudNative;
using CloudNative.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names RabbitMQ in <c>AddCloudNative</c>.</summary>
public static class CloudNativeRabbitMqBuilderExtensions
{
    /// <summary>
    /// Makes RabbitMQ a primary for events: it serves when it is the only one, or when <c>CloudNative:Eventing:Provider</c> names it.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The same builder.</returns>
    public static ICloudNativeBuilder UseRabbitMq(this ICloudNativeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddRabbitMq(ProviderRank.Primary);
        return builder;
    }
}
