using CloudNative.Sdk.Mapping;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of CloudNative.Sdk.</summary>
public static class CloudNativeEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the probes <c>/health/startup</c>, <c>/health/ready</c> and <c>/health/live</c>
    /// (<c>CloudNative:Health:Paths</c>), in every environment. They need no authorisation, say one word and are left
    /// out of API descriptions; an endpoint of the service at the same path wins. Also maps the management of dead letters and an
    /// overview of subscriptions below <c>/cloudnative</c> (<see cref="CloudNative.Sdk.ManagementOptions"/>), answered only to callers on
    /// this machine or by a policy.
    /// Calling it twice equals once.
    /// </summary>
    /// <param name="endpoints">The application, or the endpoints of a <c>Startup</c> class.</param>
    /// <returns>The mapped endpoints, for conventions such as <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException">The host was built without <c>AddCloudNative()</c>.</exception>
    public static IEndpointConventionBuilder MapCloudNative(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var mapped = endpoints.ServiceProvider.GetService<MappedEndpoints>()
            ?? throw new InvalidOperationException(
                "CN1020 MapCloudNative() needs AddCloudNative() before the host is built: builder.AddCloudNative();");
        return mapped.MapOnce(endpoints);
    }
}
