using CloudNative.Gateway.Configuration;
using CloudNative.Gateway.Failures;
using CloudNative.Gateway.Forwarding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gateway's routes.</summary>
public static class CloudNativeGatewayEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the routes of <c>CloudNative:Gateway:Routes</c> and of YARP's <c>ReverseProxy</c> section, with YARP's pipeline (session
    /// affinity, load balancing, passive health) and our answers to failures. Use it in place of <c>MapReverseProxy()</c>; once.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>The endpoints, for conventions such as <c>RequireAuthorization</c> or <c>ConfigureEndpoints</c>.</returns>
    /// <exception cref="InvalidOperationException">
    /// The host was built without <c>AddCloudNativeGateway()</c>, or with a call of <c>AddReverseProxy()</c> after it.
    /// </exception>
    public static ReverseProxyConventionBuilder MapCloudNativeGateway(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var answers = endpoints.ServiceProvider.GetService<FailureAnswer>() ?? throw new InvalidOperationException(
            $"{GatewayProblems.NotAdded} MapCloudNativeGateway() needs AddCloudNativeGateway() before the host is built.");
        if (YarpServices.WasAddedTwice(endpoints.ServiceProvider))
        {
            throw new InvalidOperationException(
                $"{GatewayProblems.AddedTwice} AddReverseProxy() was called after AddCloudNativeGateway(), and YARP cannot be added twice. "
                + "Call it before, or go on with what AddCloudNativeGateway() returns.");
        }

        return endpoints.MapReverseProxy(proxy =>
        {
            proxy.Use(answers.InvokeAsync);
            proxy.UseSessionAffinity();
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
    }
}
