using CloudNative.Grpc.Calls;
using CloudNative.Grpc.Channels;
using Grpc.Net.Client.Balancer;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what gRPC clients need beyond the pipeline that every HttpClient has.</summary>
public static class CloudNativeGrpcServiceCollectionExtensions
{
    /// <summary>
    /// Gives the calls of <c>AddGrpcClient</c>'s clients the deadline of the work they belong to, and lets channels made by hand find
    /// services: <c>GrpcChannel.ForAddress("cloudnative:///catalog", new GrpcChannelOptions {
    /// Credentials = ChannelCredentials.Insecure, ServiceProvider = services })</c>. Each call goes to an instance that the endpoint table
    /// picks. Adds the pipeline (<c>AddCloudNativeHttp</c>). Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(descriptor => descriptor.ServiceType == typeof(DeadlineInterceptor)))
        {
            return services;
        }

        services.AddCloudNativeHttp();
        services.AddSingleton<DeadlineInterceptor>();
        services.AddSingleton<IPostConfigureOptions<GrpcClientFactoryOptions>, ClientSetup>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ResolverFactory, TableResolverFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<LoadBalancerFactory, TableBalancerFactory>());
        return services;
    }
}
