using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Sources;

internal abstract partial class SettingsProvider
{
    [LoggerMessage(1, LogLevel.Warning, "The configuration in {Where} cannot be read; what was known stays: {Reason}.")]
    private static partial void LogFailing(ILogger logger, string where, string reason);

    [LoggerMessage(2, LogLevel.Information, "The configuration in {Where} is read again.")]
    private static partial void LogBack(ILogger logger, string where);

    [LoggerMessage(3, LogLevel.Information, "The configuration in {Where} has changed.")]
    private static partial void LogChanged(ILogger logger, string where);

    [LoggerMessage(4, LogLevel.Error, "Somebody who was told that the configuration in {Where} has changed failed.")]
    private static partial void LogListenerFailed(ILogger logger, string where, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "In {Where} these hold no text and are no configuration: {Names}.")]
    private static partial void LogLeft(ILogger logger, string where, string names);
}
