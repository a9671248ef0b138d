using CloudNative.Http;
using Microsoft.Extensions.Options;

namespace CloudNative.Gateway.Forwarding;

/// <summary>
/// The gateway is one client of the services, with settings of its own. It must not cut short what its callers are willing to wait for,
/// so its deadlines are those of YARP; configuration is applied after this and wins.
/// </summary>
internal sealed class GatewayClient : IConfigureNamedOptions<ServiceClientOptions>
{
    /// <summary>The name in <c>CloudNative:Clients:&lt;name&gt;</c>.</summary>
    public const string Name = "gateway";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    public void Configure(ServiceClientOptions options)
    {
        // Only the named client is the gateway's.
    }

    public void Configure(string? name, ServiceClientOptions options)
    {
        if (name == Name)
        {
            options.Timeout = Patience;
            options.AttemptTimeout = Patience;
        }
    }
}
