namespace CloudNative.Http.Leases;

/// <summary>Whether an answer is all there once its headers are.</summary>
internal static class LeasedBody
{
    /// <summary>
    /// Bodies up to this many bytes come in the same packets as their headers; following their last byte would cost
    /// more than it tells.
    /// </summary>
    public const int SmallLength = 4096;

    public static bool IsHere(HttpRequestMessage request, HttpResponseMessage response) =>
        request.Method == HttpMethod.Head
        || response.StatusCode is System.Net.HttpStatusCode.NoContent or System.Net.HttpStatusCode.NotModified
        || response.Content.Headers.ContentLength is <= SmallLength;
}
