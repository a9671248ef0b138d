namespace CloudNative.Gateway;

/// <summary>One route to a service (<c>CloudNative:Gateway:Routes:&lt;name&gt;</c>). All of it is reloadable.</summary>
public sealed class GatewayRouteOptions
{
    /// <summary>The path to match, a route template of ASP.NET Core: <c>/api/catalog/{**rest}</c>. Required.</summary>
    public string? Path { get; set; }

    /// <summary>
    /// The service's logical name, <c>catalog</c>, called by http; or with a scheme, <c>https://catalog</c>, <c>https+http://catalog</c>.
    /// A name that nobody knows yet is no error: requests wait for the service and are then answered by 503. Required.
    /// </summary>
    public string? Service { get; set; }

    /// <summary>What is taken off the beginning of the path before it is sent on: <c>/api/catalog</c>. Default none.</summary>
    public string? StripPrefix { get; set; }

    /// <summary>Hosts to match, <c>shop.example.com</c> or <c>*.example.com</c>, with a port if it matters. Default any.</summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>HTTP methods to match. Default any.</summary>
    public IList<string> Methods { get; set; } = [];

    /// <summary>Which of several matching routes wins; the smallest does. Default: the more particular template.</summary>
    public int? Order { get; set; }

    /// <summary>
    /// Whether the service is called by HTTP/2 without TLS (h2c), as gRPC over http needs it. Default <see langword="false"/>:
    /// HTTP/1.1 over http, whatever TLS negotiates over https.
    /// </summary>
    public bool Http2 { get; set; }

    /// <summary>
    /// How long a request may lie still, no byte moving in either direction, before it is given up. Raise it for long polls and quiet
    /// streams. Default 100 s; 1 s to 1 day.
    /// </summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Largest request body in bytes; -1 for any. Default: the server's limit, in Kestrel 30,000,000.</summary>
    public long? MaxRequestBodySize { get; set; }
}
