using System.Diagnostics.Metrics;
using CloudNative;
using CloudNative.Consul;
using CloudNative.Consul.Configuration;
using CloudNative.Consul.Http;
using CloudNative.Consul.KeyValue;
using CloudNative.Consul.Leases;
using CloudNative.Consul.Registry;
using CloudNative.Consul.Telemetry;
using CloudNative.Discovery;
using CloudNative.Leases;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Consul without a builder.</summary>
public static class CloudNativeConsulServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider <c>consul</c> for discovery and leases. It serves when it is named. No connection or timer
    /// exists before a service is registered or looked for, or a lease is taken. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeConsul(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddConsul(ProviderRank.Named);
    }

    internal static IServiceCollection AddConsul(this IServiceCollection services, ProviderRank rank)
    {
        services.AddCloudNativeCore();
        services.AddProviderOffer(new ProviderOffer(ConsulProvider.Name, CloudNativeFeatures.Discovery, rank));
        services.AddProviderOffer(new ProviderOffer(ConsulProvider.Name, CloudNativeFeatures.Leases, rank));
        if (services.Any(service => service.ServiceType == typeof(ConsulHttp)))
        {
            return services;
        }

        services.AddConfigurationKeys(ConsulKeys.Section, ConsulKeys.All);
        services.AddOptionsWithValidateOnStart<ConsulOptions>().BindConfiguration(ConsulOptions.SectionName);
        services.AddOptionsCheck<ConsulOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ConsulOptions>, ConsulEnvironment>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ConsulOptions>, ConsulOptionsValidator>());
        services.TryAddSingleton(provider => new ConsulMetrics(
            provider.GetRequiredService<TimeProvider>(), provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(CreateHttp);
        services.TryAddKeyedSingleton<IServiceRegistry>(ConsulProvider.Name, (provider, _) => new ConsulServiceRegistry(
            provider.GetRequiredService<ConsulHttp>(),
            provider.GetRequiredService<IOptions<ConsulOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ConsulMetrics>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<ConsulServiceRegistry>()));
        services.TryAddKeyedSingleton<IEndpointSource>(ConsulProvider.Name, (provider, _) => new ConsulEndpointSource(
            provider.GetRequiredService<ConsulHttp>(),
            provider.GetRequiredService<IOptions<ConsulOptions>>().Value,
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyValueReports>());
        services.TryAddKeyedSingleton<ILeaseProvider>(ConsulProvider.Name, (provider, _) => CreateLeases(provider));
        return services;
    }

    private static ConsulHttp CreateHttp(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ConsulOptions>>().Value;
        return new ConsulHttp(
            ConsulHandlers.Create(options),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ConsulMetrics>());
    }

    private static ConsulLeaseProvider CreateLeases(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<ConsulOptions>>().Value.Leases;
        var time = provider.GetRequiredService<TimeProvider>();
        return new ConsulLeaseProvider(
            new LeaseDesk(provider.GetRequiredService<ConsulHttp>(), options, provider.GetRequiredService<ServiceInfo>(), time),
            options,
            time,
            provider.GetRequiredService<ConsulMetrics>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<ConsulLease>());
    }
}
