using CloudNative.Http.Attachment;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Asks for the pipeline for one client.</summary>
public static class CloudNativeHttpClientBuilderExtensions
{
    /// <summary>
    /// Lets this client call services by name, also when <c>CloudNative:Http:Attach</c> is <c>Named</c>. Adds what it
    /// needs, as
    /// <see cref="CloudNativeHttpServiceCollectionExtensions.AddCloudNativeHttp"/> does. Calling it twice equals once.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddCloudNative(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddCloudNativeHttp();
        var client = new AttachedClient(builder.Name);
        if (!builder.Services.Any(descriptor => client.Equals(descriptor.ImplementationInstance)))
        {
            builder.Services.AddSingleton(client);
        }

        return builder;
    }
}
