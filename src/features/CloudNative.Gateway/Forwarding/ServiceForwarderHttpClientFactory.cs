using CloudNative.Gateway.Routes;
using CloudNative.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace CloudNative.Gateway.Forwarding;

/// <summary>
/// Makes the client of a cluster: YARP's settings, and around them the pipeline that finds services by name. A destination that is a
/// real address passes through it untouched.
/// </summary>
internal sealed partial class ServiceForwarderHttpClientFactory(
    ServiceHttpHandlerFactory handlers, ILogger<ForwarderHttpClientFactory> yarpLogger, ILogger<ServiceForwarderHttpClientFactory> logger)
    : ForwarderHttpClientFactory(yarpLogger)
{
    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler)
    {
        if (handler is not SocketsHttpHandler { ConnectCallback: null, Proxy: null } sockets)
        {
            LogByItself(logger, context.ClusterId);
            return base.WrapHandler(context, handler);
        }

        if (context.ClusterId.StartsWith(ServiceRoutes.IdPrefix, StringComparison.Ordinal))
        {
            // YARP waits 15 s for a connection. Where another instance can be picked, the client's ConnectTimeout decides.
            sockets.ConnectTimeout = Timeout.InfiniteTimeSpan;
        }

        return handlers.Create(GatewayClient.Name, sockets);
    }
}
