using System.Net;

namespace CloudNative.Kubernetes;

/// <summary>
/// Somebody else changed the object, made it, or owns the field
/// (https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts). Read it again, then decide.
/// </summary>
public sealed class KubernetesConflictException : KubernetesException
{
    internal KubernetesConflictException(string message, string? reason)
        : base(message, HttpStatusCode.Conflict, reason)
    {
    }

    /// <summary>Whether an object of this name was there already.</summary>
    public bool AlreadyExists => Reason == "AlreadyExists";
}
