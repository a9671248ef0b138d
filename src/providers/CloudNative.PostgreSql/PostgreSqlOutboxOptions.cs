namespace CloudNative.PostgreSql;

/// <summary>How outbox and inbox look at their database. Section <c>CloudNative:PostgreSql:Outbox</c>; read once, at first use.</summary>
public sealed class PostgreSqlOutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:PostgreSql:Outbox";

    /// <summary>
    /// Longest time until rows are found that another process committed and could not relay itself. This process's own are seen soon. A
    /// look only reads. Default 500 ms; 50 ms to 1 min.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);
}
