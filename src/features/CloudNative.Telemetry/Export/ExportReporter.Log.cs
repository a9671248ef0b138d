using CloudNative.Telemetry.Settings;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;

namespace CloudNative.Telemetry.Export;

internal sealed partial class ExportReporter
{
    [LoggerMessage(1, LogLevel.Information, "Telemetry ({Signals}) goes to {Endpoint} by OTLP, {Protocol}.")]
    private partial void LogExports(string signals, string endpoint, OtlpExportProtocol protocol);

    [LoggerMessage(2, LogLevel.Debug, "{Signal} are exported by the service itself ({Owner}); nothing is added.")]
    private partial void LogLeft(TelemetrySignal signal, string owner);

    [LoggerMessage(3, LogLevel.Warning, "CN6005 {Doubt}")]
    private partial void LogDoubt(string doubt);

    [LoggerMessage(4, LogLevel.Warning,
        "CN6006 Telemetry does not reach {Endpoint}: {Failure} The service is not affected; what is not exported is dropped.")]
    private partial void LogFailing(string endpoint, string failure);

    [LoggerMessage(5, LogLevel.Information, "Telemetry reaches {Endpoint} again.")]
    private partial void LogRecovered(string endpoint);
}
