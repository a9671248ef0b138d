using System.Runtime.CompilerServices;
using CloudNative.Discovery;
using CloudNative.Http.Deadlines;
using CloudNative.Http.Retries;

namespace CloudNative.Http;

/// <summary>What a caller may say of one request.</summary>
public static class ServiceRequestExtensions
{
    private static readonly HttpRequestOptionsKey<bool> Idempotent = new("CloudNative.Http.Idempotent");
    private static readonly HttpRequestOptionsKey<string> BalancingKey = new("CloudNative.Http.BalancingKey");

    // Attached to a request like its Options; but to ask a request for Options it was never given costs it a dictionary, and each call
    // has to ask.
    private static readonly ConditionalWeakTable<HttpRequestMessage, RequestSettings> Settings = [];

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

    /// <summary>
    /// Gives the call no more time than this, all attempts, the waits between them and the body of the answer included. It can only
    /// narrow what the client's Timeout and the deadline of the work it belongs to leave, with one exception: <see
    /// cref="Timeout.InfiniteTimeSpan"/> lifts both, for an answer that goes on for as long as somebody listens. What HttpClient.Timeout
    /// allows (100 s, until the body is there where it is buffered) is not changed by it.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="timeLeft">How long from the moment it is sent; with zero the call fails at once.</param>
    /// <returns>The same request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero, and not infinite.</exception>
    public static HttpRequestMessage SetDeadline(this HttpRequestMessage request, TimeSpan timeLeft)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (timeLeft != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeLeft, TimeSpan.Zero);
        }

        Settings.GetOrCreateValue(request).Duration = timeLeft;
        return request;
    }

    /// <summary>
    /// Says when the call has to be done, all attempts, the waits between them and the body of the answer included. It can only narrow
    /// what the client's Timeout and the deadline of the work it belongs to leave.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="at">The time, by the host's clock; when it has passed, the call fails at once.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage SetDeadline(this HttpRequestMessage request, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(request);
        Settings.GetOrCreateValue(request).At = at;
        return request;
    }

    /// <summary>Gives the request a time of its own in place of its client's <see cref="ServiceClientOptions.Timeout"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The time, more than zero; infinite for none, which leaves the deadline of the work it belongs to.</param>
    /// <returns>The same request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less, and not infinite.</exception>
    public static HttpRequestMessage SetTimeout(this HttpRequestMessage request, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        }

        Settings.GetOrCreateValue(request).Timeout = timeout;
        return request;
    }

    /// <summary>
    /// Says how many attempts the request may have in all, in place of its client's <see cref="RetryOptions.MaxAttempts"/>. The budget
    /// applies all the same.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="attempts">The attempts, 1 (never repeat) to 10.</param>
    /// <returns>The same request.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 10.</exception>
    public static HttpRequestMessage SetMaxAttempts(this HttpRequestMessage request, int attempts)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attempts, 10);
        Settings.GetOrCreateValue(request).MaxAttempts = attempts;
        return request;
    }

    /// <summary>
    /// Adds an <c>Idempotency-Key</c> header, by which a server that honours it recognises a request that it has seen: a POST may then be
    /// repeated like a GET. All attempts carry the same key. A key that the request has stays.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="key">The key; by default a fresh one.</param>
    /// <returns>The same request.</returns>
    public static HttpRequestMessage SetIdempotencyKey(this HttpRequestMessage request, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.Headers.NonValidated.Contains(Idempotency.KeyHeader))
        {
            request.Headers.Add(Idempotency.KeyHeader, key ?? Guid.NewGuid().ToString("N"));
        }

        return request;
    }

    internal static RequestSettings? FindSettings(this HttpRequestMessage request) =>
        Settings.TryGetValue(request, out var settings) ? settings : null;

    internal static bool? GetIdempotent(this HttpRequestMessage request) =>
        request.Options.TryGetValue(Idempotent, out var idempotent) ? idempotent : null;
}
