namespace CloudNative.Discovery;

/// <summary>What the endpoint table knows of a service.</summary>
public enum ServiceStatus
{
    /// <summary>No source has answered yet.</summary>
    Unknown,

    /// <summary>A source knows the service; it may have no instance just now.</summary>
    Known,

    /// <summary>All sources answered, and none knows the service: the name is not ours, let DNS try.</summary>
    NotFound,

    /// <summary>No source could answer, and nothing was known before.</summary>
    Unavailable,
}
