using Microsoft.Extensions.Logging;

namespace CloudNative.RabbitMq.Publishing;

internal sealed partial class ConfirmedPublisher
{
    [LoggerMessage(1, LogLevel.Warning, "Nothing can be published now; what waits is sent when that has passed. {Reason}")]
    private partial void LogTrouble(string reason);
}
