using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Leases;

internal sealed partial class ConsulLeaseProvider
{
    [LoggerMessage(11, LogLevel.Debug, "Lease {Name} is held by {Service} ({Instance}).")]
    private static partial void LogHeld(ILogger logger, string name, string? service, string? instance);

    [LoggerMessage(12, LogLevel.Debug, "The attempt at lease {Name} could not be taken back; its session lapses by itself: {Reason}.")]
    private static partial void LogNotTakenBack(ILogger logger, string name, string reason);
}
