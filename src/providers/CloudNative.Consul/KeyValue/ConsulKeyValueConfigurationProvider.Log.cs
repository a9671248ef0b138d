using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.KeyValue;

internal sealed partial class ConsulKeyValueConfigurationProvider
{
    [LoggerMessage(1, LogLevel.Warning, "The configuration below {Prefix} cannot be read; what was known stays: {Reason}.")]
    private static partial void LogFailing(ILogger logger, string prefix, string reason);

    [LoggerMessage(2, LogLevel.Information, "The configuration below {Prefix} is read again.")]
    private static partial void LogBack(ILogger logger, string prefix);

    [LoggerMessage(3, LogLevel.Information, "The configuration below {Prefix} has changed.")]
    private static partial void LogChanged(ILogger logger, string prefix);

    [LoggerMessage(4, LogLevel.Error, "Somebody who was told that the configuration below {Prefix} has changed failed.")]
    private static partial void LogListenerFailed(ILogger logger, string prefix, Exception exception);
}
