using CloudNative.Http;
using CloudNative.Http.Attachment;
using CloudNative.Http.Fallbacks;
using CloudNative.Http.Retries;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Asks for the pipeline for one client.</summary>
public static class CloudNativeHttpClientBuilderExtensions
{
    /// <summary>
    /// Lets this client call services by name, also when <c>CloudNative:Http:Attach</c> is <c>Named</c>. Adds what it
    /// needs, as
    /// <see cref="CloudNativeHttpServiceCollectionExtensions.AddCloudNativeHttp"/> does. Calling it twice equals once.
    /// </summary>
    /// <param name="builder">The client, or all of them in <c>ConfigureHttpClientDefaults</c>.</param>
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
    /// <param name="builder">
    /// The client; in <c>ConfigureHttpClientDefaults</c> each that has none of its own.
    /// </param>
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

    /// <summary>
    /// Says that sending some of this client's requests twice does no harm though their method (POST, PATCH) does not say so: a search, or
    /// a gRPC method without effects. They are retried within the budget as a GET is. What
    /// <see cref="CloudNative.Http.ServiceRequestExtensions.SetIdempotent"/> says of a single request wins.
    /// </summary>
    /// <param name="builder">The client, or all of them in <c>ConfigureHttpClientDefaults</c>.</param>
    /// <param name="areIdempotent">
    /// Whether a request is one of them. Called for each attempt that failed; must be quick and not throw.
    /// </param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddIdempotentRequests(
        this IHttpClientBuilder builder, Func<HttpRequestMessage, bool> areIdempotent)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(areIdempotent);
        builder.Services.AddCloudNativeHttp();
        builder.Services.AddSingleton(new IdempotentRequests(builder.Name, areIdempotent));
        return builder;
    }
}
