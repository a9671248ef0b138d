using Microsoft.Extensions.Logging;

namespace CloudNative.Http.Calls;

internal sealed partial class ClientPipeline
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Client '{Client}' has spent its retry budget for '{Service}' ({Ratio:P0} of the calls of ten seconds); "
        + "failures reach the caller until it recovers.")]
    private static partial void LogBudgetExhausted(ILogger logger, string client, string service, double ratio);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Client '{Client}' has as many calls to '{Service}' under way as its instances can take ({Limit} at the last one asked); "
        + "calls beyond that fail at once. Said again after half a minute without one.")]
    private static partial void LogLimitReached(ILogger logger, string client, string service, int limit);
}
