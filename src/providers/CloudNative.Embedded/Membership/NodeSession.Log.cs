using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Membership;

internal sealed partial class NodeSession
{
    [LoggerMessage(1, LogLevel.Debug, "Joined the app's processes in {Directory}; {Others} other(s) were listed.")]
    private static partial void LogJoined(ILogger logger, string directory, int others);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "No socket at {Path}: other processes notice changes of this one by looking at the store, up to the poll interval later.")]
    private static partial void LogNoSocket(ILogger logger, string path, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Could not remove what process {Member} left; trying again.")]
    private static partial void LogSettleFailed(ILogger logger, string member, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The store in {Directory} was taken away or replaced; joining again.")]
    private static partial void LogLost(ILogger logger, string directory);
}
