using Microsoft.Extensions.Logging;

namespace CloudNative.Gateway.Forwarding;

internal sealed partial class ServiceForwarderHttpClientFactory
{
    // The base class has a logger of its own, so this one is handed over.
    [LoggerMessage(1, LogLevel.Warning, "Cluster '{Cluster}' has a proxy of its own, so services are not found by name there.")]
    private static partial void LogByItself(ILogger logger, string cluster);
}
