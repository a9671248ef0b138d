using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.LoadShedding;

internal sealed partial class SheddingReport
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "This service has more to do than it can, and declines requests (503 with Retry-After), the least important first. Said again when "
        + "it is over.")]
    private partial void LogBegin();

    [LoggerMessage(2, LogLevel.Information, "No request was declined for a while; {Count} were, in {Duration}.")]
    private partial void LogEnd(long count, TimeSpan duration);
}
