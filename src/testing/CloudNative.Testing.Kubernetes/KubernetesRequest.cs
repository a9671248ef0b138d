namespace CloudNative.Testing.Kubernetes;

/// <summary>A request that the server has seen, also one that it refused.</summary>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Verb">What was asked, in the words of RBAC.</param>
/// <param name="Resource">Of what, such as <c>configmaps</c>; empty when the path is none of the API's.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Status">What was answered; 0 when nothing was.</param>
public sealed record KubernetesRequest(DateTimeOffset At, string Verb, string Resource, string Path, int Status);
