using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Events.Upkeep;

internal sealed partial class Housekeeper
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Removed {Count} event(s) of {Topic} for their age that group {Group} had not handled: no service had been in the group for "
        + "{Retention} (CloudNative:PostgreSql:Events:Retention).")]
    private static partial void LogMissed(ILogger logger, long count, string topic, string group, TimeSpan retention);
}
