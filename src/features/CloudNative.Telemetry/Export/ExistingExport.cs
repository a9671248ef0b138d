using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace CloudNative.Telemetry.Export;

/// <summary>
/// Tells which signals the service exports over OTLP itself, so that nothing is exported twice, whichever call came
/// first.
/// </summary>
internal sealed class ExistingExport(IServiceCollection services, ExporterWatch watch)
{
    // OpenTelemetry keeps this type to itself; it is how UseOtlpExporter finds out that it was called twice. A test notices a new name.
    private const string UseOtlpExporterMark = "OpenTelemetry.Exporter.UseOtlpExporterRegistration";
    private const string SerilogSink = "Serilog.Sinks.OpenTelemetry";

    /// <summary>
    /// Who exports the signal already, for a sentence; null when nobody does. To be asked when the signal's provider
    /// was built.
    /// </summary>
    /// <param name="signal">The signal.</param>
    /// <param name="provider">The host's services.</param>
    /// <returns>A phrase, or null.</returns>
    public string? Find(TelemetrySignal signal, IServiceProvider provider)
    {
        if (services.Any(descriptor => descriptor.ServiceType.FullName == UseOtlpExporterMark))
        {
            return "UseOtlpExporter";
        }

        var added = signal == TelemetrySignal.Metrics ? AddsMetricExporter(provider) : watch.Saw(signal);
        if (added)
        {
            return "AddOtlpExporter";
        }

        return signal == TelemetrySignal.Logs && HasSerilogSink() ? SerilogSink : null;
    }

    /// <summary>
    /// A metric reader cannot be added to a provider that was built, and while it is being built later calls are unknown. But
    /// AddOtlpExporter for metrics leaves a setup of the reader's options that only it makes.
    /// </summary>
    private static bool AddsMetricExporter(IServiceProvider provider) =>
        provider.GetServices<IConfigureOptions<MetricReaderOptions>>().Any(setup =>
            setup is ConfigureNamedOptions<MetricReaderOptions, IConfiguration> { Action.Target: { } target }
            && target.GetType().Assembly == typeof(OtlpMetricExporter).Assembly);

    /// <summary>The sink's assembly is loaded only by code that configures it.</summary>
    private bool HasSerilogSink() =>
        services.Any(static descriptor => !descriptor.IsKeyedService && IsOfSerilog(descriptor))
        && AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == SerilogSink);

    private static bool IsOfSerilog(ServiceDescriptor descriptor) =>
        IsOfSerilog(descriptor.ServiceType)
        || IsOfSerilog(descriptor.ImplementationType)
        || IsOfSerilog(descriptor.ImplementationInstance?.GetType())
        || IsOfSerilog(descriptor.ImplementationFactory?.GetType().GenericTypeArguments.LastOrDefault());

    private static bool IsOfSerilog(Type? type) => type?.Namespace?.StartsWith("Serilog", StringComparison.Ordinal) is true;
}
