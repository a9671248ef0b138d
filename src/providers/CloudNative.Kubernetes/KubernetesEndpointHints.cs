namespace CloudNative.Kubernetes;

/// <summary>Who should use an endpoint.</summary>
public sealed record KubernetesEndpointHints
{
    /// <summary>The zones whose clients should use it; <see langword="null"/> for no such wish.</summary>
    public IReadOnlyList<KubernetesZone>? ForZones { get; init; }
}
