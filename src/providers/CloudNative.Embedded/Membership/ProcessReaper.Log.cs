using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Membership;

internal sealed partial class ProcessReaper
{
    [LoggerMessage(1, LogLevel.Information, "Process {Member} of this app is gone; removed {Instances} instance(s) it had registered.")]
    private static partial void LogDead(ILogger logger, string member, int instances);
}
