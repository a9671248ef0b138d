using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Health;

namespace CloudNative.Gateway.Forwarding;

/// <summary>Adds YARP where it is not there yet: its own registration must not run twice (it refuses two policies of one name).</summary>
internal static class YarpServices
{
    public static IReverseProxyBuilder AddOnce(IServiceCollection services) =>
        services.Any(descriptor => descriptor.ServiceType == typeof(IPassiveHealthCheckPolicy))
            ? new ReverseProxyBuilder(services)
            : services.AddReverseProxy();

    /// <summary>Whether somebody added YARP once more after us.</summary>
    public static bool WasAddedTwice(IServiceProvider services) => services.GetServices<IPassiveHealthCheckPolicy>()
        .GroupBy(policy => policy.Name, StringComparer.OrdinalIgnoreCase)
        .Any(same => same.Count() > 1);
}
