using System.Collections.Immutable;

namespace CloudNative.Discovery;

/// <summary>
/// What is known of a service at one moment. Immutable, but for the live statistics of the endpoints in it.
/// </summary>
public sealed class EndpointSnapshot
{
    internal EndpointSnapshot(
        long version, ServiceStatus status, bool isStale, string? reason, ImmutableArray<EndpointState> endpoints)
    {
        Version = version;
        Status = status;
        IsStale = isStale;
        Reason = reason;
        Endpoints = endpoints;
    }

    /// <summary>
    /// Grows with each change of what the sources say; 0 before the first answer. Ejections do not count.
    /// </summary>
    public long Version { get; }

    /// <summary>What is known.</summary>
    public ServiceStatus Status { get; }

    /// <summary>
    /// Whether the last known good answer is in force because its source cannot answer or is not to be believed.
    /// </summary>
    public bool IsStale { get; }

    /// <summary>
    /// Why the service is unavailable, the answer stale or without an instance, for people; otherwise <see
    /// langword="null"/>.
    /// </summary>
    public string? Reason { get; }

    /// <summary>All instances, those that are ejected or take no traffic included.</summary>
    public ImmutableArray<EndpointState> Endpoints { get; }
}
