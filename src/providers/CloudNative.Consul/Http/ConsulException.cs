using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace CloudNative.Consul.Http;

/// <summary>A call to the agent failed; the message begins with an error id and names the cure.</summary>
/// <param name="message">What failed and what to do.</param>
/// <param name="status">What the agent answered; null when it did not.</param>
/// <param name="innerException">The cause.</param>
[SuppressMessage("Design", "CA1064", Justification = "Callers get the contracts' exceptions; this never leaves the package.")]
internal sealed class ConsulException(string message, HttpStatusCode? status = null, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What the agent answered; null when it did not.</summary>
    public HttpStatusCode? Status { get; } = status;
}
