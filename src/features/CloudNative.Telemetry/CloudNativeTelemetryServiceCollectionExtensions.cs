using CloudNative;
using CloudNative.Lifecycle;
using CloudNative.Telemetry;
using CloudNative.Telemetry.Composition;
using CloudNative.Telemetry.Export;
using CloudNative.Telemetry.Resources;
using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds telemetry to a host.</summary>
public static class CloudNativeTelemetryServiceCollectionExtensions
{
    /// <summary>
    /// Collects traces, metrics and logs by OpenTelemetry, describes the service in their resource, and exports them over OTLP when an
    /// endpoint is configured. Joins an OpenTelemetry set-up of the service, whether it stands before or after this call: one
    /// provider a signal, and a signal that the service exports itself is left to it. Calling it twice equals once.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddCloudNativeTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddCloudNativeCore();
        if (services.Any(descriptor => descriptor.ServiceType == typeof(TelemetrySettings)))
        {
            return services;
        }

        AddSettings(services);
        AddExport(services);
        services.AddOpenTelemetry().WithTracing().WithMetrics().WithLogging();
        ProviderRegistrations.Wrap<TracerProvider>(services, static (signals, provider, build) => signals.Traces(provider, build));
        ProviderRegistrations.Wrap<LoggerProvider>(services, static (signals, provider, build) => signals.Logs(provider, build));
        ProviderRegistrations.AddFirst(services, ConfigureSignals);
        return services;
    }

    private static void AddSettings(IServiceCollection services)
    {
        services.AddConfigurationKeys(
            "Telemetry",
            "Enabled",
            "Traces:Enabled",
            "Traces:Export",
            "Metrics:Enabled",
            "Metrics:Export",
            "Logs:Enabled",
            "Logs:Export",
            "Otlp:Endpoint",
            "Otlp:Protocol",
            "Otlp:Headers",
            "Otlp:Timeout");
        services.AddOptionsWithValidateOnStart<TelemetryOptions>().BindConfiguration(TelemetryOptions.SectionName);
        services.AddOptionsCheck<TelemetryOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>());
        services.TryAddSingleton<TelemetrySettings>();
    }

    private static void AddExport(IServiceCollection services)
    {
        services.TryAddSingleton<ExporterWatch>();
        services.TryAddSingleton<ExportPlan>();
        services.TryAddSingleton<OtlpExporterFactory>();
        services.TryAddSingleton<SignalBuilder>();
        services.TryAddSingleton(provider => new ExistingExport(services, provider.GetRequiredService<ExporterWatch>()));
        services.TryAddSingleton(provider => new ServiceResourceDetector(
            provider.GetRequiredService<IConfiguration>(), provider.GetService<ServiceInfo>(), provider.GetService<IHostEnvironment>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OtlpExporterOptions>, OtlpOptionsProbe>());
        services.TryAddSingleton<IOptionsMonitor<OtlpExporterOptions>, WatchedOtlpOptionsMonitor>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ExportReporter>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartSummaryContributor, TelemetrySummary>());
    }

    private static void ConfigureSignals(IServiceCollection services)
    {
        services.ConfigureOpenTelemetryTracerProvider(SignalSources.Configure);
        services.ConfigureOpenTelemetryMeterProvider(SignalSources.Configure);
        services.ConfigureOpenTelemetryLoggerProvider(SignalSources.Configure);

        // What log collectors show: the sentence as it was written, and the scopes it was written in.
        services.Configure<OpenTelemetryLoggerOptions>(static options =>
        {
            options.IncludeFormattedMessage = true;
            options.IncludeScopes = true;
        });
    }
}
