using CloudNative.PostgreSql.Databases;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Events;

/// <summary>What the log needs from outside.</summary>
internal sealed record LogContext(PostgreSqlDatabase Database, TimeProvider TimeProvider, ILogger Logger)
{
    public PostgreSqlEventsOptions Options => Database.Options.Events;
}
