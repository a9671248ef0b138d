using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Leases;

internal sealed partial class EmbeddedLease
{
    [LoggerMessage(1, LogLevel.Warning, "Lease {Name} (token {Token}) is lost: {Reason}.")]
    private static partial void LogLost(ILogger logger, string name, long token, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Lease {Name} could not be renewed; trying again.")]
    private static partial void LogRenewalFailed(ILogger logger, string name, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Lease {Name} could not be released; others get it after {Duration} at the latest.")]
    private static partial void LogReleaseFailed(ILogger logger, string name, TimeSpan duration, Exception exception);
}
