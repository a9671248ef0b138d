namespace CloudNative.Http.Retries;

/// <summary>Requests of one client that may be repeated though their method does not say so.</summary>
/// <param name="Client">
/// The name of the client; <see langword="null"/> for all of them (<c>ConfigureHttpClientDefaults</c>).
/// </param>
/// <param name="AreIdempotent">Whether a request is one of them.</param>
internal sealed record IdempotentRequests(string? Client, Func<HttpRequestMessage, bool> AreIdempotent);
