using CloudNative.Grpc.AspNetCore.Probing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what a gRPC server has beyond its own services.</summary>
public static class CloudNativeGrpcServerEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the health service <c>grpc.health.v1.Health</c>, which needs no authorisation, and in Development the reflection service. The
    /// health service knows <c>""</c> and every mapped gRPC service (ready), and <c>startup</c>, <c>ready</c> and <c>live</c>, for the
    /// <c>grpc</c> probes of Kubernetes.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>The health service, for conventions such as <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException">The host was built without <c>AddCloudNativeGrpcServer()</c>.</exception>
    public static GrpcServiceEndpointConventionBuilder MapCloudNativeGrpc(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        if (services.GetService<HealthAnswers>() is null)
        {
            throw new InvalidOperationException(
                "CN3101 MapCloudNativeGrpc() needs AddCloudNativeGrpcServer() before the host is built: "
                + "builder.Services.AddCloudNativeGrpcServer();");
        }

        if (services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            endpoints.MapGrpcReflectionService();
        }

        var health = endpoints.MapGrpcService<ServiceHealth>();
        health.WithMetadata(new AllowAnonymousAttribute());
        return health;
    }
}
