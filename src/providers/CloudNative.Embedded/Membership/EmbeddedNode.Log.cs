using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Membership;

internal sealed partial class EmbeddedNode
{
    [LoggerMessage(1, LogLevel.Warning, "Could not join the app's processes again; the next attempt is in {Pause}.")]
    private static partial void LogRejoinFailed(ILogger logger, TimeSpan pause, Exception exception);
}
