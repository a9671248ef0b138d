namespace CloudNative.Discovery;

/// <summary>One thing a source says of a service. Immutable.</summary>
public sealed class EndpointUpdate
{
    private EndpointUpdate(
        EndpointUpdateKind kind,
        IReadOnlyList<ServiceInstance> instances,
        string? reason,
        bool confirmed = false,
        bool isSourceDown = false)
    {
        Kind = kind;
        IsConfirmed = confirmed;
        IsSourceDown = isSourceDown;
        Instances = instances;
        Reason = reason;
    }

    /// <summary>The source does not know the service.</summary>
    public static EndpointUpdate NotFound { get; } = new(EndpointUpdateKind.NotFound, [], null);

    /// <summary>What is said.</summary>
    public EndpointUpdateKind Kind { get; }

    /// <summary>All instances that take calls; empty unless <see cref="Kind"/> is <see cref="EndpointUpdateKind.Answer"/>.</summary>
    public IReadOnlyList<ServiceInstance> Instances { get; }

    /// <summary>
    /// Whether the source knows that missing instances left (they deregistered, or their process died before its eyes). An answer that is
    /// not confirmed and suddenly empty is doubted for a grace period, because most of those are failures of the registry.
    /// </summary>
    public bool IsConfirmed { get; }

    /// <summary>
    /// Whether the source answers nobody, so that other services are not asked for either while it lasts; <see langword="false"/> where it
    /// answers and refuses this service alone. Only of sources that recover by themselves (<see cref="IEndpointSource.RecoversByItself"/>).
    /// </summary>
    public bool IsSourceDown { get; }

    /// <summary>Why the source could not answer, or why its answer lists no instance.</summary>
    public string? Reason { get; }

    /// <summary>The source knows the service.</summary>
    /// <param name="instances">All instances that take calls, not only what changed.</param>
    /// <param name="confirmed">Whether the source can vouch for who is missing; see <see cref="IsConfirmed"/>.</param>
    /// <returns>The update.</returns>
    public static EndpointUpdate Answer(IReadOnlyList<ServiceInstance> instances, bool confirmed = false) =>
        new(EndpointUpdateKind.Answer, instances, null, confirmed);

    /// <summary>The source knows the service, and why none of its instances takes calls.</summary>
    /// <param name="reason">Why, without a full stop, for the log and for the error that a caller gets who has waited in vain.</param>
    /// <param name="confirmed">Whether the source can vouch for it; see <see cref="IsConfirmed"/>.</param>
    /// <returns>The update, without instances.</returns>
    public static EndpointUpdate NoInstance(string reason, bool confirmed = false) =>
        new(EndpointUpdateKind.Answer, [], reason, confirmed);

    /// <summary>The source could not answer.</summary>
    /// <param name="reason">Why, for the log.</param>
    /// <param name="isSourceDown">See <see cref="IsSourceDown"/>.</param>
    /// <returns>The update.</returns>
    public static EndpointUpdate Unavailable(string reason, bool isSourceDown = true) =>
        new(EndpointUpdateKind.Unavailable, [], reason, isSourceDown: isSourceDown);
}
