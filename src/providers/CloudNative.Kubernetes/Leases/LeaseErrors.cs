using System.Net;
using CloudNative.Kubernetes.Configuration;
using CloudNative.Leases;

namespace CloudNative.Kubernetes.Leases;

/// <summary>Says what failed about leases. Of a right that is missing, with all that leases need.</summary>
internal static class LeaseErrors
{
    public const string Rule =
        "- apiGroups: [\"coordination.k8s.io\"]\n  resources: [\"leases\"]\n"
        + "  verbs: [\"get\", \"list\", \"watch\", \"create\", \"patch\"]";

    public static LeaseException Of(KubernetesException exception) => new(
        exception is KubernetesForbiddenException
            ? $"{exception.Message}\nLeases need, in all:\n{Rule}"
            : exception.Message,
        exception);

    public static LeaseException OfSilence(TimeSpan timeout, Exception exception) => new(
        $"{ErrorIds.NotReachable}: Kubernetes did not answer within {timeout.TotalSeconds:0.#} s. "
        + "It is asked again while there is time; see whether the API server has work to do",
        exception);

    /// <summary>Whether a write was certainly not done.</summary>
    public static bool IsRefusal(Exception exception) => exception is KubernetesException
    {
        StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError,
    };
}
