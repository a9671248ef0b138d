using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Events;

/// <summary>What the log needs from outside.</summary>
internal sealed record LogContext(PostgreSqlDatabase Database, TimeProvider TimeProvider, PostgreSqlMetrics Metrics, ILogger Logger)
{
    public PostgreSqlEventsOptions Options => Database.Options.Events;
}
