using Microsoft.Extensions.Logging;

namespace CloudNative.Telemetry.Export;

internal sealed partial class ExportReporter
{
    [LoggerMessage(1, LogLevel.Warning, "CN6005 {Doubt}")]
    private partial void LogDoubt(string doubt);

    [LoggerMessage(2, LogLevel.Warning,
        "CN6006 Telemetry does not reach {Endpoint}: {Failure} The service is not affected; what cannot be exported is dropped.")]
    private partial void LogFailing(string endpoint, string failure);

    [LoggerMessage(3, LogLevel.Information, "Telemetry reaches {Endpoint} again.")]
    private partial void LogRecovered(string endpoint);
}
