namespace CloudNative.Embedded;

/// <summary>Who creates the tables of outbox and inbox.</summary>
public enum SqliteProvisioning
{
    /// <summary>The service does when it starts, if they are missing.</summary>
    Create,

    /// <summary>
    /// Somebody else did, by migrations; the service only looks whether they fit. The text is in
    /// <c>docs/providers/embedded.md</c>.
    /// </summary>
    Validate,
}
