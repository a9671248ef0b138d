namespace CloudNative.Http;

/// <summary>The host of a request is neither a service that any source knows nor a name that DNS resolves.</summary>
public sealed class UnknownServiceException : HttpRequestException
{
    internal UnknownServiceException(string service, string message, Exception inner)
        : base(HttpRequestError.NameResolutionError, message, inner) => Service = service;

    /// <summary>The logical name as it stood in the request.</summary>
    public string Service { get; }
}
