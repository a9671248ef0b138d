using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Discovery;

/// <summary>
/// What a URI asks of a service: schemes in order of preference and, for <c>http://_name.service</c>, the endpoint's
/// name. The syntax is that of Microsoft.Extensions.ServiceDiscovery. Parse it once per client or route, not per
/// request.
/// </summary>
/// <param name="Schemes">The schemes.</param>
/// <param name="EndpointName">The name of the endpoint; <see langword="null"/> for the unnamed one.</param>
public readonly record struct EndpointQuery(EndpointSchemes Schemes, string? EndpointName)
{
    /// <summary>Reads <c>http</c>, <c>https</c>, <c>https+http</c> and <c>http+https</c> URIs with a host.</summary>
    /// <param name="uri">An absolute URI.</param>
    /// <param name="query">What it asks.</param>
    /// <param name="service">The logical name, without the endpoint's.</param>
    /// <returns>
    /// Whether the URI has that form. Whether its host names a service is another question; see <see
    /// cref="EndpointTable.IsCandidate"/>.
    /// </returns>
    public static bool TryParse(Uri uri, out EndpointQuery query, [NotNullWhen(true)] out string? service)
    {
        ArgumentNullException.ThrowIfNull(uri);
        query = default;
        service = null;
        if (!uri.IsAbsoluteUri || uri.Host.Length == 0 || ParseSchemes(uri.Scheme) is not { } schemes)
        {
            return false;
        }

        (var name, service) = SplitHost(uri.Host);
        query = new EndpointQuery(schemes, name);
        return true;
    }

    // "_admin.catalog" is the endpoint "admin" of "catalog".
    internal static (string? EndpointName, string Service) SplitHost(string host)
    {
        var dot = host.Length > 0 && host[0] == '_' ? host.IndexOf('.', StringComparison.Ordinal) : -1;
        return dot > 1 && dot < host.Length - 1 ? (host[1..dot], host[(dot + 1)..]) : (null, host);
    }

    internal static EndpointSchemes? ParseSchemes(string scheme) => scheme switch
    {
        "http" => EndpointSchemes.Http,
        "https" => EndpointSchemes.Https,
        "https+http" => EndpointSchemes.HttpsThenHttp,
        "http+https" => EndpointSchemes.HttpThenHttps,
        _ => null,
    };

    // The endpoint of the instance that serves this query best; null when none does.
    internal InstanceEndpoint? Match(ServiceInstance instance)
    {
        var (first, second) = Schemes switch
        {
            EndpointSchemes.Http => ("http", null),
            EndpointSchemes.Https => ("https", null),
            EndpointSchemes.HttpsThenHttp => ("https", "http"),
            EndpointSchemes.HttpThenHttps => ("http", "https"),
            _ => ((string?)null, (string?)null),
        };
        return Find(instance.Endpoints, first) ?? (second is null ? null : Find(instance.Endpoints, second));
    }

    private InstanceEndpoint? Find(IReadOnlyList<InstanceEndpoint> endpoints, string? scheme)
    {
        foreach (var endpoint in endpoints)
        {
            if ((scheme is null || string.Equals(endpoint.Scheme, scheme, StringComparison.OrdinalIgnoreCase)) && HasName(endpoint))
            {
                return endpoint;
            }
        }

        return null;
    }

    // As in the Services section, an unnamed endpoint also answers to its scheme: http://_http.catalog.
    private bool HasName(InstanceEndpoint endpoint) =>
        string.Equals(endpoint.Name, EndpointName, StringComparison.OrdinalIgnoreCase)
        || (endpoint.Name is null && string.Equals(endpoint.Scheme, EndpointName, StringComparison.OrdinalIgnoreCase));
}
