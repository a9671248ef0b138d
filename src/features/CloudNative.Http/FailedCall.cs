namespace CloudNative.Http;

/// <summary>A call to a service that failed for good: no attempt is left, or none may follow.</summary>
public sealed class FailedCall
{
    internal FailedCall(HttpRequestMessage request, string service, Exception? exception, HttpResponseMessage? response)
    {
        Request = request;
        Service = service;
        Exception = exception;
        Response = response;
    }

    /// <summary>The request.</summary>
    public HttpRequestMessage Request { get; }

    /// <summary>The logical name of the service.</summary>
    public string Service { get; }

    /// <summary>Why there is no answer; <see langword="null"/> where there is one.</summary>
    public Exception? Exception { get; }

    /// <summary>The answer that says so (5xx other than 501); <see langword="null"/> where there is none.</summary>
    public HttpResponseMessage? Response { get; }
}
