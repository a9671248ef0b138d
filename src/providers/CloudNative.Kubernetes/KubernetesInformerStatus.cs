namespace CloudNative.Kubernetes;

/// <summary>How good an informer's knowledge is.</summary>
/// <param name="IsSynced">
/// Whether everything was listed once. What is known then stays in force whatever happens to the server.
/// </param>
/// <param name="StaleSince">
/// <see langword="null"/> while the server is followed; else when it was heard last: what is known is of then.
/// </param>
/// <param name="Failure">
/// Why the server cannot be followed; <see langword="null"/> while it is. <see cref="KubernetesForbiddenException"/>
/// names the missing rule.
/// </param>
public sealed record KubernetesInformerStatus(bool IsSynced, DateTimeOffset? StaleSince, KubernetesException? Failure)
{
    internal static KubernetesInformerStatus Initial { get; } = new(false, null, null);
}
