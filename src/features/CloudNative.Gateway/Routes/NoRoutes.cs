using Yarp.ReverseProxy.Configuration;

namespace CloudNative.Gateway.Routes;

/// <summary>Nothing to forward, now and later.</summary>
internal sealed class NoRoutes : IProxyConfigProvider
{
    private readonly RouteTable _none = new([], []);

    public IProxyConfig GetConfig() => _none;
}
