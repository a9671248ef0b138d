using CloudNative.Telemetry.Resources;
using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CloudNative.Telemetry.Composition;

/// <summary>
/// What each signal listens to. The runtime's own HTTP source and meters follow OpenTelemetry's conventions, so that no
/// instrumentation package is needed; where the service adds one, the names are the same and nothing is collected twice.
/// </summary>
internal static class SignalSources
{
    public static void Configure(IServiceProvider services, TracerProviderBuilder builder)
    {
        if (services.GetRequiredService<TelemetrySettings>().Collects(TelemetrySignal.Traces))
        {
            builder
                .ConfigureResource(resource => Describe(services, resource))
                .AddSource(TelemetryNames.Family, TelemetryNames.HttpClient);
        }
    }

    public static void Configure(IServiceProvider services, MeterProviderBuilder builder)
    {
        if (services.GetRequiredService<TelemetrySettings>().Collects(TelemetrySignal.Metrics))
        {
            builder
                .ConfigureResource(resource => Describe(services, resource))
                .AddMeter(
                    TelemetryNames.Family, TelemetryNames.HttpClient, TelemetryNames.NameResolution, TelemetryNames.Runtime);
            services.GetRequiredService<SignalBuilder>().Metrics(services, builder);
        }
    }

    public static void Configure(IServiceProvider services, LoggerProviderBuilder builder)
    {
        if (services.GetRequiredService<TelemetrySettings>().Collects(TelemetrySignal.Logs))
        {
            builder.ConfigureResource(resource => Describe(services, resource));
        }
    }

    private static void Describe(IServiceProvider services, ResourceBuilder resource) =>
        resource.AddDetector(services.GetRequiredService<ServiceResourceDetector>());
}
