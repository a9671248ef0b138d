namespace CloudNative.Testing.Kubernetes;

/// <summary>
/// What a token may do, as an RBAC rule says it
/// (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole).
/// </summary>
public sealed record KubernetesPermission
{
    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The resource, such as <c>configmaps</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The verbs, such as <c>get</c>, <c>list</c> and <c>watch</c>.</summary>
    public required IReadOnlyList<string> Verbs { get; init; }

    /// <summary>The namespace; <see langword="null"/> for all, as of a ClusterRole.</summary>
    public string? Namespace { get; init; }

    /// <summary>Names of the only objects that are meant; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Names { get; init; }
}
