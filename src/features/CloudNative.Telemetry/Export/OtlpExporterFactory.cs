using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;

namespace CloudNative.Telemetry.Export;

/// <summary>Makes our own exporters, in the batches and intervals that the standard variables (<c>OTEL_BSP_*</c>…) ask for.</summary>
internal sealed class OtlpExporterFactory(
    IConfiguration configuration,
    IEnumerable<IConfigureOptions<OtlpExporterOptions>> configure,
    IOptionsMonitor<MetricReaderOptions> readerOptions)
{
    private const string TemporalityVariable = "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE";

    public BaseProcessor<System.Diagnostics.Activity> CreateTraceProcessor(OtlpTarget target)
    {
        var options = CreateOptions(target);
        var batch = options.BatchExportProcessorOptions;
        return new BatchActivityExportProcessor(
            new OtlpTraceExporter(options),
            batch.MaxQueueSize,
            batch.ScheduledDelayMilliseconds,
            batch.ExporterTimeoutMilliseconds,
            batch.MaxExportBatchSize);
    }

    public BaseProcessor<LogRecord> CreateLogProcessor(OtlpTarget target)
    {
        var batch = new BatchExportLogRecordProcessorOptions();
        return new BatchLogRecordExportProcessor(
            new OtlpLogExporter(CreateOptions(target)),
            batch.MaxQueueSize,
            batch.ScheduledDelayMilliseconds,
            batch.ExporterTimeoutMilliseconds,
            batch.MaxExportBatchSize);
    }

    public MetricReader CreateMetricReader(OtlpTarget target)
    {
        var options = readerOptions.CurrentValue;
        var periodic = options.PeriodicExportingMetricReaderOptions;
        var temporality = configuration[TemporalityVariable];
        return new PeriodicExportingMetricReader(
            new OtlpMetricExporter(CreateOptions(target)),
            periodic.ExportIntervalMilliseconds ?? 60_000,
            periodic.ExportTimeoutMilliseconds ?? 30_000)
        {
            TemporalityPreference =
                Enum.TryParse<MetricReaderTemporalityPreference>(temporality, ignoreCase: true, out var preference)
                    ? preference
                    : options.TemporalityPreference,
        };
    }

    /// <summary>
    /// What code says (<c>services.Configure&lt;OtlpExporterOptions&gt;</c>) comes last, as it does with
    /// AddOtlpExporter.
    /// </summary>
    private OtlpExporterOptions CreateOptions(OtlpTarget target)
    {
        var options = new OtlpExporterOptions
        {
            Endpoint = target.Endpoint!,
            Protocol = target.Protocol,
            TimeoutMilliseconds = (int)target.Timeout.TotalMilliseconds,
        };
        if (target.Headers is not null)
        {
            options.Headers = target.Headers;
        }

        foreach (var setup in configure)
        {
            setup.Configure(options);
        }

        return options;
    }
}
