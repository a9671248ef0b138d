namespace CloudNative.Kubernetes;

/// <summary>A zone that an endpoint is meant for.</summary>
/// <param name="Name">The zone's name.</param>
public sealed record KubernetesZone(string? Name);
