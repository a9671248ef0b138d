using Microsoft.Extensions.Logging;

namespace CloudNative.Leases;

internal abstract partial class HeldLease
{
    [LoggerMessage(1, LogLevel.Warning, "Lease {Name} (token {Token}) is lost: {Reason}.")]
    private static partial void LogLost(ILogger logger, string name, long token, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Lease {Name} could not be renewed and is lost unless that works within {Left}: {Reason}")]
    private static partial void LogRenewalFailed(ILogger logger, string name, TimeSpan left, string reason);

    [LoggerMessage(3, LogLevel.Information, "Lease {Name} is renewed again.")]
    private static partial void LogRenewedAgain(ILogger logger, string name);

    [LoggerMessage(4, LogLevel.Warning, "Lease {Name} could not be released; others get it when it has lapsed: {Reason}")]
    private static partial void LogReleaseFailed(ILogger logger, string name, string reason);
}
