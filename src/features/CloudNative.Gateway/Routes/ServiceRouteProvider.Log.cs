using Microsoft.Extensions.Logging;

namespace CloudNative.Gateway.Routes;

internal sealed partial class ServiceRouteProvider
{
    [LoggerMessage(1, LogLevel.Information, "The routes to services have changed; there are {Count} now.")]
    private partial void LogReloaded(int count);

    [LoggerMessage(2, LogLevel.Error, "The changed routes are not valid, the last good ones stay in force: {Reason}")]
    private partial void LogReloadRefused(string reason);
}
