using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Registry;

internal sealed partial class ConsulRegistration
{
    [LoggerMessage(1, LogLevel.Warning, "The agent had forgotten {Service} ({Instance}); it is registered again.")]
    private static partial void LogRegisteredAgain(ILogger logger, string service, string instance);

    [LoggerMessage(2, LogLevel.Warning, "Consul does not hear that {Service} ({Instance}) is there, which is tried again: {Reason}")]
    private static partial void LogFailing(ILogger logger, string service, string instance, string reason);

    [LoggerMessage(3, LogLevel.Information, "Consul hears again that {Service} ({Instance}) is there.")]
    private static partial void LogBack(ILogger logger, string service, string instance);

    [LoggerMessage(4, LogLevel.Debug, "{Service} ({Instance}) may be registered though nobody waited for it: {Reason}")]
    private static partial void LogNotTakenBack(ILogger logger, string service, string instance, string reason);
}
