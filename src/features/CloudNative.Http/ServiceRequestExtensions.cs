using CloudNative.Discovery;

namespace CloudNative.Http;

/// <summary>What a caller may say of one request.</summary>
public static class ServiceRequestExtensions
{
    private static readonly HttpRequestOptionsKey<bool> Idempotent = new("CloudNative.Http.Idempotent");
    private static readonly HttpRequestOptionsKey<string> BalancingKey = new("CloudNative.Http.BalancingKey");

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

    /// <summary>
    /// Says which calls belong together (a tenant, a session, a cached object): with the policy
    /// <c>ConsistentHash</c> those with the same key go to the same instance. It wins over
    /// <see cref="LoadBalancingOptions.KeyHeader"/>; other policies take no notice of it, one of your own may.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="key">What they have in common; not empty.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage SetBalancingKey(this HttpRequestMessage request, string key)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(key);
        request.Options.Set(BalancingKey, key);
        return request;
    }

    /// <summary>The key of a request, by its own word or by the header that the client's settings name.</summary>
    internal static string? GetBalancingKey(this HttpRequestMessage request, LoadBalancer balancer) =>
        request.Options.TryGetValue(BalancingKey, out var key) ? key
        : balancer.KeyHeader is { } header && request.Headers.NonValidated.TryGetValues(header, out var values)
            && values.ToString() is { Length: > 0 } value ? value
        : null;

    internal static bool? GetIdempotent(this HttpRequestMessage request) =>
        request.Options.TryGetValue(Idempotent, out var idempotent) ? idempotent : null;
}
