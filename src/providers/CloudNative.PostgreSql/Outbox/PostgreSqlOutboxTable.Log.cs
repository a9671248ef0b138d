using CloudNative.PostgreSql.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Outbox;

internal sealed partial class PostgreSqlOutboxTable
{
    [LoggerMessage(1, LogLevel.Error, ErrorIds.UnreadableRow
        + " Row {Position} of the outbox in '{Database}' cannot be read ({Reason}); it was set aside in the table outbox_aside.")]
    private static partial void LogSetAside(ILogger logger, long position, string database, string reason);

    [LoggerMessage(2, LogLevel.Warning,
        "Whoever drains the outbox in '{Database}' has not moved for {Waited}; going past it. Look for a process that is paused.")]
    private static partial void LogGoingPast(ILogger logger, string database, TimeSpan waited);
}
