namespace CloudNative.AppModel;

/// <summary>What is spoken on a port. Without TLS a port speaks one of them; it cannot tell them apart.</summary>
public enum PortProtocol
{
    /// <summary>HTTP/1.1, written <c>http1</c>.</summary>
    Http1,

    /// <summary>HTTP/2 without TLS, as gRPC needs it; written <c>http2</c>.</summary>
    Http2,
}
