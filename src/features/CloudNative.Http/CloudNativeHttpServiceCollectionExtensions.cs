using CloudNative.Configuration;
using CloudNative.Discovery;
using CloudNative.Http;
using CloudNative.Http.Attachment;
using CloudNative.Http.Calls;
using CloudNative.Http.Hedging;
using CloudNative.Http.Limits;
using CloudNative.Http.Resolution;
using CloudNative.Http.Retries;
using CloudNative.Http.Settings;
using CloudNative.Http.Telemetry;
using CloudNative.Lifecycle;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds calls to services by name.</summary>
public static class CloudNativeHttpServiceCollectionExtensions
{
    /// <summary>
    /// Lets every HttpClient of IHttpClientFactory call services by name (<c>https+http://catalog</c>), with a
    /// deadline, another endpoint when one cannot be reached, and budgeted retries of idempotent requests. Adds
    /// discovery. Requests to other hosts are not changed. Bound to <c>CloudNative:Http</c> and
    /// <c>CloudNative:Clients</c>. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeHttp(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(descriptor => descriptor.ServiceType == typeof(PipelineServices)))
        {
            return services;
        }

        services.AddCloudNativeDiscovery();
        services.AddHttpClient();
        services.AddMetrics();
        AddOptions(services);
        services.TryAddSingleton(provider => new ClientSettingsCatalog(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IOptionsFactory<ServiceClientOptions>>(),
            provider.GetRequiredService<LoadBalancers>(),
            provider.GetServices<IdempotentRequests>(),
            provider.GetRequiredService<ILogger<ClientSettingsCatalog>>()));
        services.TryAddSingleton<RetryBudgets>();
        services.TryAddSingleton<HedgeStates>();
        services.TryAddSingleton<ConcurrencyLimits>();
        services.TryAddSingleton<UnknownServices>();
        services.TryAddSingleton<HttpMetrics>();
        services.TryAddSingleton<AttachmentReport>();
        services.TryAddSingleton<PipelineServices>();
        services.TryAddSingleton(
            provider => new ServiceHttpHandlerFactory(provider.GetRequiredService<PipelineServices>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, ServicePipelineFilter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartSummaryContributor, ClientsSummary>());
        return services;
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddConfigurationKeys("Http", ["Enabled", "Attach", .. HttpKeys.OfClient]);
        services.AddConfigurationKeys("Clients", [.. HttpKeys.OfClient.Prepend("Enabled").Select(key => $"*:{key}")]);
        services.AddOptionsWithValidateOnStart<ServiceHttpOptions>().BindConfiguration(ServiceHttpOptions.SectionName);
        services.AddOptionsWithValidateOnStart<ServiceClientOptions>();
        services.AddOptionsCheck<ServiceHttpOptions>();
        services.AddOptionsCheck<ServiceClientOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<ServiceClientOptions>, ConfigureServiceClient>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ServiceClientOptions>, ServiceClientOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigurationCheck, ServiceClientsCheck>());
    }
}
