namespace CloudNative.Kubernetes.Rights;

/// <summary>Something that this service asks of the API server, as a rule of RBAC.</summary>
/// <param name="Reason">What for, in a few words.</param>
/// <param name="Namespace">Where.</param>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Verbs">The verbs.</param>
internal sealed record KubernetesRight(
    string Reason, string Namespace, string Group, string Resource, IReadOnlyList<string> Verbs)
{
    /// <summary>The only objects that are meant; null for all of the namespace.</summary>
    public string? Name { get; init; }
}
