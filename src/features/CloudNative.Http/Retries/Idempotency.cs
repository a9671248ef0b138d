namespace CloudNative.Http.Retries;

/// <summary>Whether sending a request twice does no harm.</summary>
internal static class Idempotency
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>
    /// What the caller said of the request, else yes for its method or its key; <see langword="null"/> when none of them says so.
    /// </summary>
    public static bool? IsIdempotent(HttpRequestMessage request) =>
        request.GetIdempotent() ?? (IsIdempotent(request.Method) || request.Headers.NonValidated.Contains(KeyHeader) ? true : null);

    /// <summary>The idempotent methods of RFC 9110 section 9.2.2.</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace;
}
