using CloudNative.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CloudNative.Sdk.Telemetry;

/// <summary>
/// Traces and measures incoming requests. Where the service adds the same instrumentation, it is one and the same: OpenTelemetry's
/// registration counts once, and meters are a set.
/// </summary>
internal static class WebTelemetry
{
    private const string Meters = "Microsoft.AspNetCore.*";

    public static void Add(IServiceCollection services)
    {
        if (services.Any(descriptor => descriptor.ImplementationType == typeof(ProbeFilter)))
        {
            return;
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IPostConfigureOptions<AspNetCoreTraceInstrumentationOptions>, ProbeFilter>());
        services.ConfigureOpenTelemetryMeterProvider(static (provider, metrics) =>
        {
            if (Collects(provider, options => options.Metrics))
            {
                metrics.AddMeter(Meters);
            }
        });
        AddTracing(services);
    }

    /// <summary>
    /// The instrumentation must be registered before the configuration is known, so its callbacks are exchanged for an empty one where
    /// traces are switched off.
    /// </summary>
    private static void AddTracing(IServiceCollection services)
    {
        var before = services.ToHashSet();
        services.ConfigureOpenTelemetryTracerProvider(static tracing => tracing.AddAspNetCoreInstrumentation());
        var nothing = new ServiceCollection().ConfigureOpenTelemetryTracerProvider(static (_, _) => { }).Last();
        for (var i = 0; i < services.Count; i++)
        {
            if (!before.Contains(services[i])
                && services[i].ServiceType == nothing.ServiceType
                && services[i].ImplementationInstance is { } callback)
            {
                services[i] = ServiceDescriptor.Singleton(
                    nothing.ServiceType,
                    provider => Collects(provider, options => options.Traces) ? callback : nothing.ImplementationInstance!);
            }
        }
    }

    private static bool Collects(IServiceProvider provider, Func<TelemetryOptions, TelemetrySignalOptions> signal)
    {
        var options = provider.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        return options.Enabled && signal(options).Enabled;
    }
}
