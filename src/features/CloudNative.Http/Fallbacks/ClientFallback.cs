namespace CloudNative.Http.Fallbacks;

/// <summary>What one client answers in place of calls that failed.</summary>
/// <param name="Client">
/// The client's name at IHttpClientFactory; <see langword="null"/> for each that has none of its own
/// (<c>ConfigureHttpClientDefaults</c>).
/// </param>
/// <param name="AnswerAsync">Makes the answer, or none.</param>
internal sealed record ClientFallback(
    string? Client, Func<FailedCall, CancellationToken, ValueTask<HttpResponseMessage?>> AnswerAsync);
