using System.Diagnostics.Metrics;
using CloudNative.Discovery;
using CloudNative.Http.Settings;

namespace CloudNative.Http.Connections;

/// <summary>Makes the primary handler of an endpoint from the one the user configured for the client.</summary>
internal sealed class EndpointHandlerBuilder(
    SocketsHttpHandler prototype, ClientSettingsSlot settings, IMeterFactory? meterFactory)
{
    public EndpointHandler Build(ServiceInstance instance, InstanceEndpoint endpoint, LogicalAuthority authority)
    {
        var handler = SocketsHttpHandlerCopy.Copy(prototype);
        handler.ConnectCallback = new EndpointDialer(instance, endpoint, authority, prototype.SslOptions).DialAsync;
        handler.MeterFactory ??= meterFactory;
        if (handler.ConnectTimeout == Timeout.InfiniteTimeSpan)
        {
            handler.ConnectTimeout = settings.Current.ConnectTimeout;
        }

        if (handler is { UseProxy: true, Proxy: null })
        {
            handler.Proxy = new ServiceProxyBypass(authority.Host, HttpClient.DefaultProxy);
        }

        return new EndpointHandler(endpoint, authority, handler);
    }
}
