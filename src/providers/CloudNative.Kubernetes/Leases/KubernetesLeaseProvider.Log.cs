using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Leases;

internal sealed partial class KubernetesLeaseProvider
{
    [LoggerMessage(11, LogLevel.Debug, "Lease {Name} is held by {Holder}.")]
    private static partial void LogHeld(ILogger logger, string name, string? holder);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "The Lease object {Object} was deleted while {Name} was held; it is free when its holder has noticed.")]
    private static partial void LogDeleted(ILogger logger, string @object, string name);

    [LoggerMessage(
        13, LogLevel.Debug, "The attempt at lease {Name} could not be taken back; it lapses by itself: {Reason}.")]
    private static partial void LogNotTakenBack(ILogger logger, string name, string reason);
}
