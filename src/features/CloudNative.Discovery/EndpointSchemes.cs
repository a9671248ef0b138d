namespace CloudNative.Discovery;

/// <summary>Which schemes a caller accepts, and which it prefers. Preference is applied per instance.</summary>
public enum EndpointSchemes
{
    /// <summary>Any scheme; the instance's first endpoint.</summary>
    Any,

    /// <summary><c>http://name</c>: only http.</summary>
    Http,

    /// <summary><c>https://name</c>: only https.</summary>
    Https,

    /// <summary><c>https+http://name</c>: https where an instance has it, else http.</summary>
    HttpsThenHttp,

    /// <summary><c>http+https://name</c>: http where an instance has it, else https.</summary>
    HttpThenHttps,
}
