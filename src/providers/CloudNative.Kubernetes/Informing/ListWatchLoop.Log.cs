using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Informing;

internal sealed partial class ListWatchLoop<T>
{
    private string Where => _selection.Namespace is { } place ? $"in namespace {place}" : "in all namespaces";

    private void LogBack()
    {
        if (_isFailing)
        {
            _isFailing = false;
            LogFollowed(_logger, _kind.Plural, Where);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The {Kind} {Where} cannot be followed; what was known stays: {Reason}.")]
    private static partial void LogFailing(ILogger logger, string kind, string where, string reason);

    [LoggerMessage(2, LogLevel.Information, "The {Kind} {Where} are followed again.")]
    private static partial void LogFollowed(ILogger logger, string kind, string where);

    [LoggerMessage(3, LogLevel.Debug, "The server forgot the version of the {Kind} {Where}; they are listed again.")]
    private static partial void LogExpired(ILogger logger, string kind, string where);

    [LoggerMessage(4, LogLevel.Debug, "The watch of the {Kind} {Where} broke off and is opened again: {Reason}.")]
    private static partial void LogBroken(ILogger logger, string kind, string where, string reason);

    [LoggerMessage(
        5, LogLevel.Information, "Listing the {Kind} {Where} again found {Count} changes that were not told yet.")]
    private static partial void LogResynced(ILogger logger, string kind, string where, int count);

    [LoggerMessage(6, LogLevel.Error, "Following the {Kind} {Where} failed in an unexpected way; it is tried again.")]
    private static partial void LogUnexpected(ILogger logger, string kind, string where, Exception exception);
}
