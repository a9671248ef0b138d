using CloudNative.Lifecycle;
using CloudNative.Sdk.AsyncApi;
using CloudNative.Sdk.Deadlines;
using CloudNative.Sdk.LoadShedding;
using CloudNative.Sdk.Management;
using CloudNative.Sdk.Mapping;
using CloudNative.Sdk.Serving;
using CloudNative.Sdk.Telemetry;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudNative.Sdk.Wiring;

/// <summary>
/// What a web service has beyond any host. CloudNative.Hosting calls it by name; see its <c>WebParts</c>.
/// </summary>
internal static class WebServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostModeDetector, ServerModeDetector>());
        services.TryAddSingleton<IListeningAddresses, ServerAddresses>();
        WebTelemetry.Add(services);
        services.TryAddSingleton<HealthEndpoint>();
        AddManagement(services);
        services.TryAddSingleton<MappedEndpoints>();
        services.TryAddSingleton<RequestsInFlight>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant, RequestsInFlight>(
            provider => provider.GetRequiredService<RequestsInFlight>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILifecycleParticipant, MappingReminder>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, RequestCountingFilter>());
        AddDeadlines(services);
        AddLoadShedding(services);
    }

    private static void AddLoadShedding(IServiceCollection services)
    {
        if (services.Any(descriptor => descriptor.ServiceType == typeof(Admission)))
        {
            return;
        }

        services.AddConfigurationKeys(
            "LoadShedding",
            nameof(LoadSheddingOptions.Enabled),
            nameof(LoadSheddingOptions.MinimumConcurrency),
            nameof(LoadSheddingOptions.QueueTime),
            nameof(LoadSheddingOptions.QueueLength),
            nameof(LoadSheddingOptions.TrustPriority));
        services.AddOptionsWithValidateOnStart<LoadSheddingOptions, LoadSheddingOptionsValidator>()
            .BindConfiguration(LoadSheddingOptions.SectionName);
        services.AddOptionsCheck<LoadSheddingOptions>();
        services.TryAddSingleton<SheddingReport>();
        services.TryAddSingleton(provider =>
        {
            var report = provider.GetRequiredService<SheddingReport>();
            var admission = new Admission(
                provider.GetRequiredService<IOptions<LoadSheddingOptions>>().Value, provider.GetRequiredService<TimeProvider>(), report);
            report.Observe(admission);
            return admission;
        });
        services.TryAddSingleton<DeclinedAnswer>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, LoadSheddingPolicy>());

        // After the deadlines: who waits too long is answered by them.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, LoadSheddingFilter>());
    }

    private static void AddDeadlines(IServiceCollection services)
    {
        if (services.Any(descriptor => descriptor.ImplementationType == typeof(DeadlineFilter)))
        {
            return;
        }

        services.AddConfigurationKeys("Deadlines", nameof(DeadlineOptions.Accept), nameof(DeadlineOptions.Maximum));
        services.AddOptionsWithValidateOnStart<DeadlineOptions, DeadlineOptionsValidator>()
            .BindConfiguration(DeadlineOptions.SectionName);
        services.AddOptionsCheck<DeadlineOptions>();

        // After the counting: what a request does until it is answered counts as in flight.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, DeadlineFilter>());
    }

    private static void AddManagement(IServiceCollection services)
    {
        if (services.Any(descriptor => descriptor.ServiceType == typeof(DeadLetterEndpoints)))
        {
            return;
        }

        services.AddConfigurationKeys("Management", "Enabled", "Path", "Policy", "AllowLocal");
        services.AddOptionsWithValidateOnStart<ManagementOptions, ManagementOptionsValidator>()
            .BindConfiguration(ManagementOptions.SectionName);
        services.AddOptionsCheck<ManagementOptions>();
        services.TryAddSingleton<ManagementAccess>();
        services.TryAddSingleton<ManagementRoutes>();
        services.TryAddSingleton<DeadLetterEndpoints>();
        services.TryAddSingleton<SubscriptionEndpoint>();
        services.TryAddSingleton<AsyncApiEndpoint>();
    }
}
