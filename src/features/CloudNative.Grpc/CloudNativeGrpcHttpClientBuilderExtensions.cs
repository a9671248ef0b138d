using System.Collections.Frozen;
using CloudNative.Grpc.Methods;
using GrpcServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Says what a gRPC client may repeat.</summary>
public static class CloudNativeGrpcHttpClientBuilderExtensions
{
    /// <summary>
    /// Lets the methods be repeated that the service's <c>.proto</c> says are idempotent:
    /// <c>option idempotency_level = NO_SIDE_EFFECTS</c> or <c>IDEMPOTENT</c>. A method without it is sent once, unless nothing was sent
    /// at all or the server refused to begin.
    /// </summary>
    /// <param name="builder">The client, from <c>AddGrpcClient</c>.</param>
    /// <param name="service">The descriptor that protoc generated: <c>Catalog.Descriptor</c>.</param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddIdempotentMethods(this IHttpClientBuilder builder, GrpcServiceDescriptor service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(service);
        return Add(builder, IdempotentMethods.Of(service));
    }

    /// <summary>Lets methods be repeated by their full names.</summary>
    /// <param name="builder">The client, from <c>AddGrpcClient</c>.</param>
    /// <param name="methods">The names as they stand on the wire: <c>/shop.Catalog/GetProduct</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">A name is not of that form.</exception>
    public static IHttpClientBuilder AddIdempotentMethods(this IHttpClientBuilder builder, params IReadOnlyCollection<string> methods)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(methods);
        return Add(builder, IdempotentMethods.Of(methods));
    }

    private static IHttpClientBuilder Add(IHttpClientBuilder builder, FrozenSet<string> paths)
    {
        builder.Services.AddCloudNativeGrpc();
        return builder.AddIdempotentRequests(request => request.RequestUri is { } uri && paths.Contains(uri.AbsolutePath));
    }
}
