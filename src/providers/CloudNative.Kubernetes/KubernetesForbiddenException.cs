using System.Net;

namespace CloudNative.Kubernetes;

/// <summary>
/// The service account may not do this. The message holds the RBAC rule that is missing
/// (https://kubernetes.io/docs/reference/access-authn-authz/rbac/).
/// </summary>
public sealed class KubernetesForbiddenException : KubernetesException
{
    internal KubernetesForbiddenException(
        string message, string? reason, string verb, string group, string resource, string? place, string rule)
        : base(message, HttpStatusCode.Forbidden, reason) =>
        (Verb, Group, Resource, Namespace, Rule) = (verb, group, resource, place, rule);

    /// <summary>What was to be done, in the words of RBAC: <c>list</c>.</summary>
    public string Verb { get; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; }

    /// <summary>The resource: <c>endpointslices</c>.</summary>
    public string Resource { get; }

    /// <summary>The namespace; <see langword="null"/> for all of them, or a resource of the cluster.</summary>
    public string? Namespace { get; }

    /// <summary>
    /// The missing rule in YAML, for the <c>rules</c> of a Role, or of a ClusterRole without a namespace.
    /// </summary>
    public string Rule { get; }
}
