namespace CloudNative.Embedded;

/// <summary>
/// How outbox and inbox treat the service's own SQLite databases. Section <c>CloudNative:Embedded:Outbox</c>; read once, at first use.
/// </summary>
public sealed class SqliteOutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:Embedded:Outbox";

    /// <summary>Who creates the tables. Default <see cref="SqliteProvisioning.Create"/>.</summary>
    public SqliteProvisioning Provisioning { get; set; }

    /// <summary>
    /// Longest time until rows are found that another process committed and could not relay itself. The service's own commits are seen
    /// at once. A look only reads. Default 500 ms; 50 ms to 1 min.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait of the relay for somebody who is writing. Default 5 s; 1 s to 1 min.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
