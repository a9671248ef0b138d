using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace CloudNative.Gateway.Routes;

/// <summary>One state of the routes; its token fires when the next one is there.</summary>
internal sealed class RouteTable(IReadOnlyList<RouteConfig> routes, IReadOnlyList<ClusterConfig> clusters) : IProxyConfig
{
    private readonly ConfigurationReloadToken _replaced = new();

    public IReadOnlyList<RouteConfig> Routes => routes;

    public IReadOnlyList<ClusterConfig> Clusters => clusters;

    public IChangeToken ChangeToken => _replaced;

    public void SignalReplaced() => _replaced.OnReload();
}
