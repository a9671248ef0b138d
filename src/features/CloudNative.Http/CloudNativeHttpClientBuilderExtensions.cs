using CloudNative.Http;
using CloudNative.Http.Attachment;
using CloudNative.Http.Fallbacks;

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

    /// <summary>
    /// Answers in place of calls to services that failed for good: from a cache, with a default. The last one of a client counts.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="answer">
    /// Sees the failed call and gives the answer; with <see langword="null"/> the caller gets the failure. It is not asked when the
    /// caller has cancelled. What it throws reaches the caller.
    /// </param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddCloudNativeFallback(
        this IHttpClientBuilder builder, Func<FailedCall, CancellationToken, ValueTask<HttpResponseMessage?>> answer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(answer);
        builder.AddCloudNative();
        builder.Services.AddSingleton(new ClientFallback(builder.Name, answer));
        return builder;
    }
}
