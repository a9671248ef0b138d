using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Membership;

internal sealed partial class StorePulse
{
    [LoggerMessage(1, LogLevel.Warning, "The embedded store cannot be read; what is known stays in force.")]
    private static partial void LogFailing(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The embedded store can be read again.")]
    private static partial void LogRecovered(ILogger logger);
}
