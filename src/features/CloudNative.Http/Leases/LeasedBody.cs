using System.Net;
using CloudNative.Deadlines;

namespace CloudNative.Http.Leases;

/// <summary>What is known of an answer's body once its headers are there.</summary>
internal static class LeasedBody
{
    /// <summary>
    /// Bodies up to this many bytes come in the same packets as their headers; following their last byte would cost
    /// more than it tells.
    /// </summary>
    public const int SmallLength = 4096;

    /// <summary>Whether an answer is all there, or as good as.</summary>
    public static bool IsHere(HttpRequestMessage request, HttpResponseMessage response) =>
        HasNone(request, response) || response.Content.Headers.ContentLength is <= SmallLength;

    /// <summary>Whether there is a body that should have come with the headers.</summary>
    public static bool IsSmall(HttpRequestMessage request, HttpResponseMessage response) =>
        response.Content.Headers.ContentLength is > 0 and <= SmallLength && !HasNone(request, response);

    /// <summary>
    /// Takes a small body off the connection within the attempt, so that one that does not come is an attempt that failed. A caller
    /// that buffers answers finds it buffered.
    /// </summary>
    public static async Task TakeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Whether the answer lasts for as long as somebody listens.</summary>
    public static bool IsEndless(HttpRequestMessage request, HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.SwitchingProtocols
        || request.Method == HttpMethod.Connect
        || (response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) && EndlessMedia.Is(type.ToString()));

    private static bool HasNone(HttpRequestMessage request, HttpResponseMessage response) =>
        request.Method == HttpMethod.Head || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified;
}
