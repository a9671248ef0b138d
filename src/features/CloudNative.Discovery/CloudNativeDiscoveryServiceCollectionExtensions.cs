using System.Diagnostics.Metrics;
using CloudNative;
using CloudNative.Configuration;
using CloudNative.Discovery;
using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Balancing.Policies;
using CloudNative.Discovery.Configuration;
using CloudNative.Discovery.Interop;
using CloudNative.Discovery.Registration;
using CloudNative.Discovery.Resolution;
using CloudNative.Discovery.Telemetry;
using CloudNative.Lifecycle;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds discovery.</summary>
public static class CloudNativeDiscoveryServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="EndpointTable"/> with its sources, load balancing, ejection, and the registration of this
    /// service. Bound to the section <c>CloudNative:Discovery</c>. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeDiscovery(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCloudNativeCore();
        if (services.Any(descriptor => descriptor.ServiceType == typeof(EndpointTable)))
        {
            return services;
        }

        services.AddOptionsCheck<DiscoveryOptions>();
        services.AddLogging();
        services.AddConfigurationKeys(CloudNativeFeatures.Discovery, DiscoveryKeys.All);
        services.AddOptionsWithValidateOnStart<DiscoveryOptions>().BindConfiguration(DiscoveryOptions.SectionName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DiscoveryOptions>, DiscoveryOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ServicesCheck>());
        services.TryAddSingleton(provider => new DiscoveryMetrics(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<CurrentDiscoveryOptions>();
        services.TryAddSingleton(CreateTable);
        AddBalancing(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IServiceEndpointProviderFactory, TableProviderFactory>());
        AddRegistration(services);
        AddMemoryProvider(services);
        return services;
    }

    private static EndpointTable CreateTable(IServiceProvider provider)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        var table = new EndpointTable(
            new SourceCatalog(provider, time, loggers.CreateLogger("CloudNative.Discovery.Sources")),
            time,
            provider.GetRequiredService<CurrentDiscoveryOptions>(),
            provider.GetRequiredService<DiscoveryMetrics>(),
            provider.GetRequiredService<SelectionBuilder>(),
            loggers);

        // The container disposes what was made last first, which are the providers: a watch would take that for their
        // failure.
        provider.GetService<IHostApplicationLifetime>()?.ApplicationStopped
            .Register(static table => ((EndpointTable)table!).Dispose(), table);
        return table;
    }

    private static void AddBalancing(IServiceCollection services)
    {
        services.TryAddSingleton(static _ => new Chance());
        services.TryAddSingleton(static provider => new SelectionBuilder(
            provider.GetRequiredService<Chance>(),
            new Vantage(new Lazy<ServiceInfo>(provider.GetRequiredService<ServiceInfo>)),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddKeyedSingleton<ILoadBalancingPolicy>(
            PowerOfTwoChoices.Name, static (provider, _) => new PowerOfTwoChoices(provider.GetRequiredService<Chance>()));
        services.TryAddKeyedSingleton<ILoadBalancingPolicy>(
            WeightedRoundRobin.Name, static (provider, _) => new WeightedRoundRobin(provider.GetRequiredService<Chance>()));
        services.TryAddKeyedSingleton<ILoadBalancingPolicy>(
            LeastRequests.Name, static (provider, _) => new LeastRequests(provider.GetRequiredService<Chance>()));
        services.TryAddKeyedSingleton<ILoadBalancingPolicy>(
            RandomChoice.Name, static (provider, _) => new RandomChoice(provider.GetRequiredService<Chance>()));
        services.TryAddKeyedSingleton<ILoadBalancingPolicy>(
            ConsistentHash.Name,
            static (provider, _) => new ConsistentHash(new PowerOfTwoChoices(provider.GetRequiredService<Chance>())));

        // The container can say whether a key exists, but not which ones do; an error that lists them needs the
        // registrations.
        services.TryAddSingleton(provider => new LoadBalancers(provider, services));
    }

    private static void AddRegistration(IServiceCollection services)
    {
        services.TryAddSingleton<ILocalNetwork, LocalNetwork>();
        services.TryAddSingleton<AddressFinder>();
        services.TryAddSingleton<ServiceRegistrar>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant, ServiceRegistrar>(
            static provider => provider.GetRequiredService<ServiceRegistrar>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartSummaryContributor, ServiceRegistrar>(
            static provider => provider.GetRequiredService<ServiceRegistrar>()));
    }

    private static void AddMemoryProvider(IServiceCollection services)
    {
        services.TryAddSingleton<InMemoryServiceRegistry>();
        services.TryAddKeyedSingleton<IServiceRegistry>(
            InMemoryServiceRegistry.ProviderName, static (provider, _) => provider.GetRequiredService<InMemoryServiceRegistry>());
        services.TryAddKeyedSingleton<IEndpointSource>(
            InMemoryServiceRegistry.ProviderName, static (provider, _) => provider.GetRequiredService<InMemoryServiceRegistry>());
        services.AddProviderOffer(new ProviderOffer(
            InMemoryServiceRegistry.ProviderName, CloudNativeFeatures.Discovery, ProviderRank.Test));
    }
}
