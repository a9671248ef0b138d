namespace CloudNative.Http.Attachment;

/// <summary>
/// Says that a client asked for the pipeline, whatever <see cref="ServiceHttpOptions.Attach"/> says of the others.
/// </summary>
/// <param name="Name">
/// The client's name at IHttpClientFactory; <see langword="null"/> stands for all of them (<c>ConfigureHttpClientDefaults</c>).
/// </param>
internal sealed record AttachedClient(string? Name);
