namespace CloudNative.Http;

/// <summary>What a caller may say of one request.</summary>
public static class ServiceRequestExtensions
{
    private static readonly HttpRequestOptionsKey<bool> Idempotent = new("CloudNative.Http.Idempotent");

    /// <summary>
    /// Says that sending this request twice does no harm, or that it does (<paramref name="idempotent"/> is <see
    /// langword="false"/>). Without it the method decides (RFC 9110 section 9.2.2), and an <c>Idempotency-Key</c>
    /// header says yes.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="idempotent">Whether it may be repeated. Default <see langword="true"/>.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage SetIdempotent(this HttpRequestMessage request, bool idempotent = true)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(Idempotent, idempotent);
        return request;
    }

    internal static bool? GetIdempotent(this HttpRequestMessage request) =>
        request.Options.TryGetValue(Idempotent, out var idempotent) ? idempotent : null;
}
