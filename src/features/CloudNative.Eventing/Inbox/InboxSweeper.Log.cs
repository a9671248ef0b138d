using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Inbox;

internal sealed partial class InboxSweeper
{
    [LoggerMessage(1, LogLevel.Warning, "The inbox in '{Inbox}' cannot be kept; this is tried again until it works.")]
    private static partial void LogFailing(ILogger logger, string inbox, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The inbox in '{Inbox}' can be kept again.")]
    private static partial void LogRecovered(ILogger logger, string inbox);

    [LoggerMessage(3, LogLevel.Debug, "Forgot {Count} claims in the inbox in '{Inbox}'.")]
    private static partial void LogForgot(ILogger logger, int count, string inbox);
}
