using CloudNative.Health;
using CloudNative.Health.Evaluation;
using CloudNative.Health.Listening;
using CloudNative.Health.Probing;
using CloudNative.Health.Telemetry;
using CloudNative.Lifecycle;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds health to a host.</summary>
public static class CloudNativeHealthServiceCollectionExtensions
{
    /// <summary>
    /// Evaluates the registered health checks in the background and answers probes from the last results. A web service
    /// maps the probes with <c>MapCloudNative()</c>; a worker sets <c>CloudNative:Health:Port</c>. Calling it twice
    /// equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeHealth(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCloudNativeCore();
        if (services.Any(descriptor => descriptor.ServiceType == typeof(HealthState)))
        {
            return services;
        }

        services.AddHealthChecks();
        services.AddConfigurationKeys(
            "Health", "Enabled", "Port", "Paths:Startup", "Paths:Ready", "Paths:Live", "Interval", "CheckTimeout");
        services.AddOptionsWithValidateOnStart<HealthOptions, HealthOptionsValidator>()
            .BindConfiguration(HealthOptions.SectionName);
        services.AddOptionsCheck<HealthOptions>();
        services.TryAddSingleton<HealthState>();
        services.TryAddSingleton<HealthMetrics>();
        services.TryAddSingleton<HealthEvaluator>();
        services.TryAddSingleton<IHealthProbes, HealthProbes>();
        services.TryAddSingleton<IReadinessSource>(provider => provider.GetRequiredService<HealthState>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EvaluationService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ProbeListenerService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartSummaryContributor, HealthSummary>());
        return services;
    }
}
