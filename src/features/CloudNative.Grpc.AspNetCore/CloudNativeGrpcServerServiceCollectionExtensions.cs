using CloudNative.Grpc.AspNetCore.Probing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what a gRPC server has beyond its own services.</summary>
public static class CloudNativeGrpcServerServiceCollectionExtensions
{
    /// <summary>
    /// Adds gRPC with a health service that answers from the service's own health checks, as the HTTP probes do, and reflection. Map
    /// them by <c>app.MapCloudNativeGrpc()</c>. Options of gRPC are set by <c>AddGrpc(…)</c>, before or after. Works with and without
    /// <c>AddCloudNative()</c>; calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeGrpcServer(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(descriptor => descriptor.ServiceType == typeof(HealthAnswers)))
        {
            return services;
        }

        services.AddCloudNativeHealth();
        services.AddGrpc();
        services.AddGrpcReflection();
        services.TryAddSingleton<ServiceNames>();
        services.TryAddSingleton<HealthAnswers>();
        return services;
    }
}
