using CloudNative.EntityFrameworkCore.Configuration;
using Microsoft.Extensions.Logging;

namespace CloudNative.EntityFrameworkCore.Outbox;

internal sealed partial class OutboxTable<TContext>
{
    [LoggerMessage(1, LogLevel.Error, ErrorIds.UnreadableRow
        + " Row {Position} of the outbox of {Context} cannot be read ({Reason}); it was set aside in cloudnative_outbox_aside.")]
    private static partial void LogSetAside(ILogger logger, long position, string context, string reason);

    [LoggerMessage(2, LogLevel.Warning,
        "Whoever drains the outbox of {Context} has not moved for {Waited}; going past it. Look for a process that is paused.")]
    private static partial void LogGoingPast(ILogger logger, string context, TimeSpan waited);
}
