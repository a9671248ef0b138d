using CloudNative.Configuration;
using CloudNative.Gateway.Forwarding;
using CloudNative.Gateway.Routes;
using Yarp.ReverseProxy.Forwarder;

namespace CloudNative.Gateway.Configuration;

/// <summary>
/// Somebody else's client factory (YARP's <c>ConfigureHttpClient</c> adds one) cannot pick endpoints: routes to services would all
/// end in DNS, at the first request and not before.
/// </summary>
internal sealed class ClientFactoryCheck(IForwarderHttpClientFactory factory, ServiceRouteProvider routes) : IConfigurationCheck
{
    public void Check(ConfigurationProblems problems)
    {
        if (factory is not ServiceForwarderHttpClientFactory && routes.Current.Routes.Count > 0)
        {
            problems.Add(
                GatewayProblems.ForeignClientFactory,
                nameof(IForwarderHttpClientFactory),
                factory.GetType().ToString(),
                "the gateway's own, when there are routes to services",
                "Remove ConfigureHttpClient() or the registration; set what you need in the cluster's HttpClient section instead.");
        }
    }
}
