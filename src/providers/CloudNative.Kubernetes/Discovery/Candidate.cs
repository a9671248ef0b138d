using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery;

/// <summary>One endpoint of a slice, as the endpoint table may get it.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="State">Whether it takes calls.</param>
/// <param name="Backup">
/// The instance as one of a lower priority, when it is meant for other zones than this process is in;
/// <see langword="null"/> when it is meant for this one, or for nobody in particular.
/// </param>
/// <param name="IsHinted">Whether the platform says which zones should use it.</param>
/// <param name="Source">What it was made from.</param>
internal sealed record Candidate(
    ServiceInstance Instance, EndpointReadiness State, ServiceInstance? Backup, bool IsHinted, KubernetesEndpoint Source);
