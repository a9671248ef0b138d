using CloudNative.Configuration;
using CloudNative.Gateway;
using CloudNative.Gateway.Configuration;
using CloudNative.Gateway.Failures;
using CloudNative.Gateway.Forwarding;
using CloudNative.Gateway.Routes;
using CloudNative.Gateway.Telemetry;
using CloudNative.Http;
using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the gateway.</summary>
public static class CloudNativeGatewayHostApplicationBuilderExtensions
{
    /// <summary>
    /// Adds YARP with the routes of <c>CloudNative:Gateway:Routes</c>, whose destinations are services by name, and those of YARP's own
    /// <c>ReverseProxy</c> section. Destinations of that section that are logical names (<c>http://catalog</c>) are found the same way.
    /// Call <c>app.MapCloudNativeGateway()</c> too. Who calls YARP's <c>AddReverseProxy()</c> as well calls it before this.
    /// Works with and without <c>AddCloudNative()</c>; calling it twice equals once.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <returns>YARP's builder, for transforms and all else that YARP offers.</returns>
    public static IReverseProxyBuilder AddCloudNativeGateway(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(descriptor => descriptor.ServiceType == typeof(ServiceRouteProvider)))
        {
            return YarpServices.AddOnce(services);
        }

        services.AddCloudNativeHttp();
        AddOptions(services);
        services.TryAddSingleton<GatewayMetrics>();
        services.TryAddSingleton<FailureAnswer>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartSummaryContributor, GatewaySummary>());
        AddForwarding(services);
        services.AddSingleton<ServiceRouteProvider>();
        services.AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<ServiceRouteProvider>());
        ReverseProxySection.Add(services, builder.Configuration);
        return YarpServices.AddOnce(services);
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddConfigurationKeys(GatewayKeys.Section, GatewayKeys.All);
        services.AddOptionsWithValidateOnStart<GatewayOptions>().BindConfiguration(GatewayOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>());
        services.AddOptionsCheck<GatewayOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ClientFactoryCheck>());

        // First of all, so that what binds CloudNative:Http and CloudNative:Clients has the last word, whoever added it.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ServiceClientOptions>, GatewayClient>());
    }

    // YARP adds its factory with TryAdd, so ours comes first; one that YARP put there before gives way, one of the user's stays.
    private static void AddForwarding(IServiceCollection services)
    {
        var yarps = services.FirstOrDefault(descriptor =>
            descriptor.ServiceType == typeof(IForwarderHttpClientFactory)
            && descriptor.ImplementationType == typeof(ForwarderHttpClientFactory));
        if (yarps is not null)
        {
            services.Remove(yarps);
        }

        services.TryAddSingleton<IForwarderHttpClientFactory, ServiceForwarderHttpClientFactory>();
    }
}
