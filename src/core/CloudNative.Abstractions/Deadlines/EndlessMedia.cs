namespace CloudNative.Deadlines;

/// <summary>
/// Media types of answers that last for as long as somebody listens. A client's Timeout is one for their beginning; it says nothing of
/// how long to listen.
/// </summary>
public static class EndlessMedia
{
    private static readonly string[] Types =
        ["text/event-stream", "application/grpc", "application/x-ndjson", "multipart/x-mixed-replace"];

    /// <summary>Whether an answer of this type has no end of its own.</summary>
    /// <param name="contentType">The header <c>Content-Type</c>.</param>
    /// <returns>Whether it has none.</returns>
    public static bool Is(ReadOnlySpan<char> contentType)
    {
        foreach (var type in Types)
        {
            if (contentType.StartsWith(type, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
