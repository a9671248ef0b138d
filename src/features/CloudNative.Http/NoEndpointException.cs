namespace CloudNative.Http;

/// <summary>
/// The service is known, but no instance of it could be picked in the time allowed. Nothing was sent.
/// </summary>
public sealed class NoEndpointException : HttpRequestException
{
    internal NoEndpointException(string service, string message)
        : base(HttpRequestError.ConnectionError, message) => Service = service;

    /// <summary>The logical name.</summary>
    public string Service { get; }
}
