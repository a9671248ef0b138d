using System.Diagnostics.Metrics;
using CloudNative;
using CloudNative.Discovery;
using CloudNative.Embedded;
using CloudNative.Embedded.Configuration;
using CloudNative.Embedded.Events;
using CloudNative.Embedded.Leases;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Registry;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using CloudNative.Eventing;
using CloudNative.Leases;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the embedded provider without a builder.</summary>
public static class CloudNativeEmbeddedServiceCollectionExtensions
{
    /// <summary>
    /// Adds the provider <c>embedded</c> for discovery, leases and events. It serves by itself in Development when no other
    /// provider is there; elsewhere when it is named. No file, thread, socket or timer exists before a feature uses
    /// it. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeEmbedded(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddEmbedded(ProviderRank.Development);
    }

    internal static IServiceCollection AddEmbedded(this IServiceCollection services, ProviderRank rank)
    {
        services.AddCloudNativeCore();
        services.AddProviderOffer(new ProviderOffer(EmbeddedProvider.Name, CloudNativeFeatures.Discovery, rank));
        services.AddProviderOffer(new ProviderOffer(EmbeddedProvider.Name, CloudNativeFeatures.Leases, rank));
        services.AddProviderOffer(new ProviderOffer(EmbeddedProvider.Name, CloudNativeFeatures.Eventing, rank));
        if (services.Any(service => service.ServiceType == typeof(EmbeddedNode)))
        {
            return services;
        }

        services.AddConfigurationKeys(EmbeddedKeys.Section, EmbeddedKeys.All);
        services.AddOptionsWithValidateOnStart<EmbeddedOptions>().BindConfiguration(EmbeddedOptions.SectionName);
        services.AddOptionsCheck<EmbeddedOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddedOptions>, EmbeddedOptionsValidator>());

        services.TryAddSingleton(provider => new EmbeddedMetrics(
            provider.GetRequiredService<TimeProvider>(), provider.GetService<IMeterFactory>()));
        services.TryAddSingleton(CreateNode);
        services.TryAddKeyedSingleton<IServiceRegistry>(EmbeddedProvider.Name, (provider, _) =>
            new EmbeddedServiceRegistry(provider.GetRequiredService<EmbeddedNode>())
            {
                PropagationDelay = provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value.PollInterval,
            });
        services.TryAddKeyedSingleton<IEndpointSource>(EmbeddedProvider.Name, (provider, _) =>
            new EmbeddedEndpointSource(provider.GetRequiredService<EmbeddedNode>()));
        services.TryAddKeyedSingleton<ILeaseProvider>(EmbeddedProvider.Name, (provider, _) => new EmbeddedLeaseProvider(
            provider.GetRequiredService<EmbeddedNode>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<EmbeddedMetrics>(),
            CreateLogger<EmbeddedLease>(provider)));
        services.TryAddSingleton(CreateLog);
        services.TryAddKeyedSingleton<IEventTransport>(EmbeddedProvider.Name, (provider, _) =>
            new EmbeddedEventTransport(provider.GetRequiredService<EventLog>()));
        return services;
    }

    private static EmbeddedNode CreateNode(IServiceProvider provider)
    {
        // Made before the node, so that the container disposes them after it: leaving is counted and logged too.
        var metrics = provider.GetRequiredService<EmbeddedMetrics>();
        var logger = CreateLogger<EmbeddedNode>(provider);
        return new EmbeddedNode(changes => CreateContext(provider, metrics, logger, changes));
    }

    private static NodeContext CreateContext(
        IServiceProvider provider, EmbeddedMetrics metrics, ILogger logger, ChangeSignal changes)
    {
        var options = provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value;
        var directory = DataDirectory.Choose(
            options,
            provider.GetService<IHostEnvironment>()?.ContentRootPath ?? AppContext.BaseDirectory,
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify));
        return new NodeContext(
            directory,
            options,
            provider.GetRequiredService<TimeProvider>(),
            metrics,
            changes,
            logger);
    }

    private static EventLog CreateLog(IServiceProvider provider) => new(new LogContext(
        provider.GetRequiredService<EmbeddedNode>(),
        provider.GetRequiredService<IOptions<EmbeddedOptions>>().Value,
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<EmbeddedMetrics>(),
        CreateLogger<EventLog>(provider)));

    private static ILogger<T> CreateLogger<T>(IServiceProvider provider) =>
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<T>();
}
