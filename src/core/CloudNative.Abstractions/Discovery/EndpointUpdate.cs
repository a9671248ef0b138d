namespace CloudNative.Discovery;

/// <summary>One thing a source says of a service. Immutable.</summary>
public sealed class EndpointUpdate
{
    private EndpointUpdate(EndpointUpdateKind kind, IReadOnlyList<ServiceInstance> instances, string? reason)
    {
        Kind = kind;
        Instances = instances;
        Reason = reason;
    }

    /// <summary>The source does not know the service.</summary>
    public static EndpointUpdate NotFound { get; } = new(EndpointUpdateKind.NotFound, [], null);

    /// <summary>What is said.</summary>
    public EndpointUpdateKind Kind { get; }

    /// <summary>All instances that take calls; empty unless <see cref="Kind"/> is <see cref="EndpointUpdateKind.Answer"/>.</summary>
    public IReadOnlyList<ServiceInstance> Instances { get; }

    /// <summary>Why the source could not answer.</summary>
    public string? Reason { get; }

    /// <summary>The source knows the service.</summary>
    /// <param name="instances">All instances that take calls, not only what changed.</param>
    /// <returns>The update.</returns>
    public static EndpointUpdate Answer(IReadOnlyList<ServiceInstance> instances) =>
        new(EndpointUpdateKind.Answer, instances, null);

    /// <summary>The source could not answer.</summary>
    /// <param name="reason">Why, for the log.</param>
    /// <returns>The update.</returns>
    public static EndpointUpdate Unavailable(string reason) => new(EndpointUpdateKind.Unavailable, [], reason);
}
