using System.Diagnostics.Metrics;
using CloudNative;
using CloudNative.Discovery;
using CloudNative.Kubernetes;
using CloudNative.Kubernetes.Configuration;
using CloudNative.Kubernetes.Discovery;
using CloudNative.Kubernetes.Discovery.Dns;
using CloudNative.Kubernetes.Http;
using CloudNative.Kubernetes.Meshes;
using CloudNative.Kubernetes.Leases;
using CloudNative.Kubernetes.Sources;
using CloudNative.Kubernetes.Rights;
using CloudNative.Kubernetes.Telemetry;
using CloudNative.Leases;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the API of Kubernetes.</summary>
public static class CloudNativeKubernetesServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="KubernetesApi"/> and <see cref="KubernetesInformers"/>, set up by <c>CloudNative:Kubernetes</c>
    /// and by what Kubernetes puts into the pod, and the provider <c>kubernetes</c> for discovery and leases, which
    /// serves when it is named. No connection exists before one of them is used. A <see cref="KubernetesApi"/> that is
    /// registered already is kept. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeKubernetes(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddKubernetes(ProviderRank.Named);
    }

    internal static IServiceCollection AddKubernetes(this IServiceCollection services, ProviderRank rank)
    {
        services.AddCloudNativeCore();
        services.AddProviderOffer(new ProviderOffer(KubernetesProvider.Name, CloudNativeFeatures.Discovery, rank));
        // Never by itself: whoever is in a cluster has leases elsewhere as well, and these need rights.
        services.AddProviderOffer(
            new ProviderOffer(KubernetesProvider.Name, CloudNativeFeatures.Leases, ProviderRank.Named));
        services.AddConfigurationKeys(KubernetesKeys.Section, KubernetesKeys.All);
        if (services.Any(service => service.ServiceType == typeof(KubernetesInformers)))
        {
            return services;
        }

        services.AddOptionsWithValidateOnStart<KubernetesOptions>().BindConfiguration(KubernetesOptions.SectionName);
        services.AddOptionsCheck<KubernetesOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<KubernetesOptions>, InClusterDefaults>(
                provider => new InClusterDefaults(provider.GetRequiredService<IConfiguration>())));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<KubernetesOptions>, KubernetesOptionsValidator>());
        services.TryAddSingleton(provider => new KubernetesMetrics(
            provider.GetRequiredService<TimeProvider>(), provider.GetService<IMeterFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SettingsReports>());
        services.TryAddSingleton(provider => new RightsInUse(
            provider.GetRequiredService<IOptions<KubernetesOptions>>().Value,
            provider.GetRequiredService<IProviderSelector>(),
            provider.GetRequiredService<IConfiguration>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostCommand, RbacFile>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, MeshWatch>(provider => new MeshWatch(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<TimeProvider>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<MeshWatch>())));
        services.TryAddSingleton(CreateApi);
        services.TryAddSingleton(provider => new KubernetesInformers(
            provider.GetRequiredService<KubernetesApi>(),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<KubernetesInformers>()));
        services.TryAddKeyedSingleton(KubernetesProvider.Name, (provider, _) => CreateSource(provider));
        services.TryAddKeyedSingleton<ILeaseProvider>(KubernetesProvider.Name, (provider, _) => CreateLeases(provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IQualifiedServiceNames, QualifiedNames>(
            provider => new QualifiedNames(
                provider.GetRequiredService<IOptions<KubernetesOptions>>().Value,
                provider.GetRequiredService<IProviderSelector>())));
        return services;
    }

    private static IEndpointSource CreateSource(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<KubernetesOptions>>().Value;
        var (place, domain) = (options.Namespace!, options.Discovery.ClusterDomain!);
        return options.Discovery.Source switch
        {
            KubernetesDiscoverySource.Dns => new DnsSource(
                options.Discovery.DnsServer is { } server ? DnsReader.Create(DnsServer.Parse(server)) : DnsReader.Create(),
                place,
                domain,
                options.Discovery.PortNames is { Count: > 0 } ports ? [.. ports] : DnsSource.UsualPorts,
                provider.GetRequiredService<TimeProvider>()),
            KubernetesDiscoverySource.EndpointSlices => new EndpointSliceSource(
                provider.GetRequiredService<KubernetesInformers>,
                place,
                domain,
                provider.GetRequiredService<ServiceInfo>().Zone),
            _ => new NameSource(),
        };
    }

    private static KubernetesLeaseProvider CreateLeases(IServiceProvider provider) => new(
        provider.GetRequiredService<KubernetesApi>,
        provider.GetRequiredService<KubernetesInformers>,
        provider.GetRequiredService<IOptions<KubernetesOptions>>().Value,
        provider.GetRequiredService<ServiceInfo>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<KubernetesMetrics>(),
        (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<HeldKubernetesLease>());

    private static KubernetesApi CreateApi(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<KubernetesOptions>>().Value;
        var connection = new KubernetesConnection(
            KubernetesHandlers.Create(options),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<KubernetesMetrics>());
        return new KubernetesApi(connection, options);
    }
}
