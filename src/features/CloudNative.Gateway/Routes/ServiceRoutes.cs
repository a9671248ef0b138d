using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace CloudNative.Gateway.Routes;

/// <summary>Says our routes in YARP's words: each service is a cluster with one destination, the logical name.</summary>
internal static class ServiceRoutes
{
    /// <summary>Begins the ids, so that they meet none of the <c>ReverseProxy</c> section.</summary>
    public const string IdPrefix = "cloudnative:";

    public static RouteTable Build(GatewayOptions options)
    {
        var routes = options.Routes.Select(route => Route(route.Key, route.Value)).ToList();
        var clusters = options.Routes.Values.DistinctBy(ClusterId).Select(Cluster).ToList();
        return new RouteTable(routes, clusters);
    }

    private static RouteConfig Route(string name, GatewayRouteOptions route) => new()
    {
        RouteId = IdPrefix + name,
        ClusterId = ClusterId(route),
        Order = route.Order,
        MaxRequestBodySize = route.MaxRequestBodySize,
        Match = new RouteMatch
        {
            Path = route.Path,
            Hosts = route.Hosts.Count == 0 ? null : [.. route.Hosts],
            Methods = route.Methods.Count == 0 ? null : [.. route.Methods],
        },
        Transforms = route.StripPrefix is { } prefix
            ? [new Dictionary<string, string> { ["PathRemovePrefix"] = prefix }]
            : null,
    };

    private static ClusterConfig Cluster(GatewayRouteOptions route) => new()
    {
        ClusterId = ClusterId(route),
        Destinations = new Dictionary<string, DestinationConfig>
        {
            [IdPrefix + route.Service] = new() { Address = ServiceAddress.Parse(route.Service)! },
        },
        HttpRequest = new ForwarderRequestConfig
        {
            ActivityTimeout = route.ActivityTimeout,
            Version = route.Http2 ? HttpVersion.Version20 : null,
            VersionPolicy = route.Http2 ? HttpVersionPolicy.RequestVersionExact : null,
        },
    };

    // How a service is called belongs to YARP's cluster; routes that differ in it have one each. The statistics of the instances are
    // kept by the endpoint table, so they are shared all the same.
    private static string ClusterId(GatewayRouteOptions route) =>
        $"{IdPrefix}{ServiceAddress.Parse(route.Service)}{(route.Http2 ? ";h2" : "")};{route.ActivityTimeout:c}";
}
