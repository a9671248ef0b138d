namespace CloudNative.Comparison.Load;

/// <summary>What an instance speaks at a port; without TLS it is one of them, so that each instance has two ports.</summary>
internal enum Face
{
    /// <summary>HTTP/1.1.</summary>
    Http,

    /// <summary>gRPC over HTTP/2.</summary>
    Grpc,
}
