using CloudNative.Grpc.Channels;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what gRPC channels need that no client factory makes.</summary>
public static class CloudNativeGrpcServiceCollectionExtensions
{
    /// <summary>
    /// Lets channels made by hand find services: <c>GrpcChannel.ForAddress("cloudnative:///catalog", new GrpcChannelOptions {
    /// Credentials = ChannelCredentials.Insecure, ServiceProvider = services })</c>. Each call goes to an instance that the endpoint table
    /// picks. Adds discovery. Clients of <c>AddGrpcClient</c> do not need this. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCloudNativeDiscovery();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ResolverFactory, TableResolverFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<LoadBalancerFactory, TableBalancerFactory>());
        return services;
    }
}
