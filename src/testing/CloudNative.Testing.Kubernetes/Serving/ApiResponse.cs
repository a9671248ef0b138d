namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>An answer: a document, or a watch that goes on.</summary>
internal sealed record ApiResponse(int Status, byte[] Body)
{
    public WatchFeed? Feed { get; init; }

    public string ContentType { get; init; } = "application/json";
}
