using System.Net;

namespace CloudNative.Kubernetes.Http;

/// <summary>One call, with what an error has to say of it.</summary>
internal sealed record KubernetesCall
{
    /// <summary>What is done, in the words of RBAC.</summary>
    public required string Verb { get; init; }

    public required string Group { get; init; }

    public required string Resource { get; init; }

    /// <summary>The namespace; null for all.</summary>
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    public Func<HttpContent>? Body { get; init; }

    /// <summary>Whether it can wait while the server is away: watches wait, a lease's renewal does not.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Whether the object is made when it is not there, which is a right of its own.</summary>
    public bool MayCreate { get; init; }

    /// <summary>A status beside success that the caller understands.</summary>
    public HttpStatusCode? AlsoAnswers { get; init; }

    /// <summary><c>list endpointslices.discovery.k8s.io in shop</c>.</summary>
    public override string ToString()
    {
        var resource = Group.Length == 0 ? Resource : $"{Resource}.{Group}";
        var name = Name is null ? string.Empty : $" {Name}";
        return $"{Verb} {resource}{name} {(Namespace is null ? "in all namespaces" : $"in {Namespace}")}";
    }
}
