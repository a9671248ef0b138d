using CloudNative.Telemetry.Export;
using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CloudNative.Telemetry.Composition;

/// <summary>Completes the providers: exports each signal unless the service does so itself.</summary>
internal sealed class SignalBuilder(
    TelemetrySettings settings,
    ExistingExport existing,
    ExporterWatch watch,
    OtlpExporterFactory factory,
    ExportPlan plan,
    IConfiguration configuration)
{
    public TracerProvider Traces(IServiceProvider services, Func<IServiceProvider, TracerProvider> build)
    {
        var provider = Watched(TelemetrySignal.Traces, services, build);
        return Target(TelemetrySignal.Traces, services) is { } target
            ? provider.AddProcessor(factory.CreateTraceProcessor(target))
            : provider;
    }

    public LoggerProvider Logs(IServiceProvider services, Func<IServiceProvider, LoggerProvider> build)
    {
        var provider = Watched(TelemetrySignal.Logs, services, build);
        return Target(TelemetrySignal.Logs, services) is { } target
            ? provider.AddProcessor(factory.CreateLogProcessor(target))
            : provider;
    }

    /// <summary>Called while the provider is being built: a reader cannot be added later.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="builder">The provider's builder.</param>
    public void Metrics(IServiceProvider services, MeterProviderBuilder builder)
    {
        if (Target(TelemetrySignal.Metrics, services) is { } target)
        {
            builder.AddReader(factory.CreateMetricReader(target));
        }
    }

    private T Watched<T>(TelemetrySignal signal, IServiceProvider services, Func<IServiceProvider, T> build)
    {
        var outer = watch.Enter(signal);
        try
        {
            return build(services);
        }
        finally
        {
            watch.Leave(outer);
        }
    }

    private OtlpTarget? Target(TelemetrySignal signal, IServiceProvider services)
    {
        if (!settings.Exports || !settings.Collects(signal) || !settings.Of(signal).Export)
        {
            return null;
        }

        var target = new OtlpTargetReader(configuration, settings.Options.Otlp).Read(signal);
        if (target.Endpoint is null)
        {
            return null;
        }

        var owner = existing.Find(signal, services);
        plan.Add(signal, target, owner);
        return owner is null ? target : null;
    }
}
