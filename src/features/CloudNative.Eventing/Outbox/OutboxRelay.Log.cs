using CloudNative.Eventing.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Outbox;

internal sealed partial class OutboxRelay
{
    [LoggerMessage(1, LogLevel.Warning,
        "Events of the outbox in '{Outbox}' cannot be relayed; they wait there, and this is tried again until it works.")]
    private static partial void LogFailing(ILogger logger, string outbox, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "Events of the outbox in '{Outbox}' are relayed again, after {Seconds:0.###} s.")]
    private static partial void LogRecovered(ILogger logger, string outbox, double seconds);

    [LoggerMessage(3, LogLevel.Error, ErrorIds.SetAside
        + " The event {Id} of type {Type} in the outbox in '{Outbox}' was set aside: {Reason}")]
    private static partial void LogSetAside(ILogger logger, string id, string type, string outbox, string reason);
}
