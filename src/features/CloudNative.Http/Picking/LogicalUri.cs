using CloudNative.Discovery;

namespace CloudNative.Http.Picking;

/// <summary>
/// The URI that goes out: the caller's own, but for a scheme like https+http that only discovery understands.
/// </summary>
internal static class LogicalUri
{
    public static Uri For(Uri uri, InstanceEndpoint endpoint) =>
        string.Equals(uri.Scheme, endpoint.Scheme, StringComparison.OrdinalIgnoreCase)
            ? uri
            : WithScheme(uri, endpoint.Scheme);

    /// <summary>For a name that is no service: the scheme its caller prefers.</summary>
    public static Uri WithFirstScheme(Uri uri, EndpointQuery query) => query.Schemes switch
    {
        EndpointSchemes.HttpsThenHttp => WithScheme(uri, Uri.UriSchemeHttps),
        EndpointSchemes.HttpThenHttps => WithScheme(uri, Uri.UriSchemeHttp),
        _ => uri,
    };

    private static Uri WithScheme(Uri uri, string scheme) =>
        new(string.Concat(scheme, uri.AbsoluteUri.AsSpan(uri.Scheme.Length)));
}
