using System.Net;

namespace CloudNative.Kubernetes;

/// <summary>
/// The server no longer knows the state that was named: list again and watch from there
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#410-gone-responses).
/// </summary>
public sealed class KubernetesExpiredException : KubernetesException
{
    internal KubernetesExpiredException(string message, string? reason)
        : base(message, HttpStatusCode.Gone, reason)
    {
    }
}
