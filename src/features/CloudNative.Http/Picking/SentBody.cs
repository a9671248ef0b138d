using CloudNative.Http.Retries;

namespace CloudNative.Http.Picking;

/// <summary>Keeps the runtime from sending an unsafe request twice on its own.</summary>
internal static class SentBody
{
    /// <summary>
    /// SocketsHttpHandler repeats a request on a new connection when a pooled one ends before any byte of an answer,
    /// unless a body was begun: a POST without a body may have done its work by then. With an empty body (the same
    /// bytes on the wire, since such methods state a length of 0) it fails instead.
    /// </summary>
    public static void Guard(HttpRequestMessage request)
    {
        if (request.Content is null && !Idempotency.IsIdempotent(request.Method) && request.Method != HttpMethod.Connect)
        {
            request.Content = new ByteArrayContent([]);
        }
    }
}
