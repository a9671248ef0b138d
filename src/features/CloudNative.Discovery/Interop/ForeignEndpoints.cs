using System.Net;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Interop;

/// <summary>Translates the endpoints of Microsoft.Extensions.ServiceDiscovery.</summary>
internal static class ForeignEndpoints
{
    private static readonly string[] BothSchemes = ["https", "http"];

    /// <summary>
    /// An instance for an address; <see langword="null"/> for what is no host and port. Without a scheme it serves
    /// both.
    /// </summary>
    public static ServiceInstance? Read(string service, ServiceEndpoint endpoint)
    {
        var name = endpoint.Features.Get<IHostNameFeature>()?.HostName;
        var endpoints = endpoint.EndPoint switch
        {
            UriEndPoint { Uri: { IsAbsoluteUri: true } uri } => Of([uri.Scheme], uri.IdnHost.Trim('[', ']'), uri.Port, name),
            IPEndPoint ip => Of(BothSchemes, ip.Address.ToString(), ip.Port, name),
            DnsEndPoint dns => Of(BothSchemes, dns.Host, dns.Port, name),
            _ => [],
        };
        return endpoints.Length == 0 ? null : new ServiceInstance
        {
            Service = service,
            Id = $"{endpoints[0].Host}:{endpoints[0].Port}",
            Endpoints = endpoints,
        };
    }

    private static InstanceEndpoint[] Of(string[] schemes, string host, int port, string? authority) =>
        [.. schemes.Select(scheme => new InstanceEndpoint(scheme, host, port > 0 ? port : scheme == "https" ? 443 : 80)
        {
            Authority = authority,
        })];
}
