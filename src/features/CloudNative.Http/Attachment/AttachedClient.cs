namespace CloudNative.Http.Attachment;

/// <summary>
/// Says that a client asked for the pipeline, whatever <see cref="ServiceHttpOptions.Attach"/> says of the others.
/// </summary>
/// <param name="Name">The client's name at IHttpClientFactory.</param>
internal sealed record AttachedClient(string Name);
