using System.Net;

namespace CloudNative.Kubernetes;

/// <summary>A call to the API failed. The message begins with an error id and names the cure.</summary>
public class KubernetesException : Exception
{
    internal KubernetesException(
        string message, HttpStatusCode? status = null, string? reason = null, Exception? cause = null)
        : base(message, cause) => (StatusCode, Reason) = (status, reason);

    /// <summary>What the server answered; <see langword="null"/> when it did not.</summary>
    public HttpStatusCode? StatusCode { get; }

    /// <summary>
    /// The server's own word for it, such as <c>AlreadyExists</c> or <c>Invalid</c>; <see langword="null"/> when it
    /// said none.
    /// </summary>
    public string? Reason { get; }

    /// <summary>
    /// When the server wants to be asked again at the earliest; <see langword="null"/> when it did not say.
    /// </summary>
    public TimeSpan? RetryAfter { get; internal init; }
}
