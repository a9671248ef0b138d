using CloudNative.Discovery;
using Grpc.Net.Client.Balancer;

namespace CloudNative.Grpc.Channels;

/// <summary>The service that a channel's address names, and which of its addresses serve the channel.</summary>
internal sealed record ChannelService(ServiceEndpoints Endpoints, EndpointQuery Query)
{
    private static readonly BalancerAttributesKey<string> _instance = new("cloudnative.instance");
    private static readonly BalancerAttributesKey<ChannelService> _service = new("cloudnative.service");

    /// <summary>The instance that an address belongs to.</summary>
    public static string InstanceOf(BalancerAddress address) =>
        address.Attributes.TryGetValue(_instance, out var instance) ? instance : string.Empty;

    /// <summary>The service that an address belongs to; <see langword="null"/> for one that another resolver found.</summary>
    public static ChannelService? Of(BalancerAddress address) =>
        address.Attributes.TryGetValue(_service, out var service) ? service : null;

    /// <summary>The addresses of a snapshot, each with its instance.</summary>
    public List<BalancerAddress> AddressesIn(EndpointSnapshot snapshot)
    {
        var addresses = new List<BalancerAddress>(snapshot.Endpoints.Length);
        foreach (var state in snapshot.Endpoints)
        {
            if (state.Instance.Endpoints.FirstOrDefault(Serves) is { } endpoint)
            {
                var address = new BalancerAddress(endpoint.Host, endpoint.Port);
                address.Attributes.Set(_instance, state.Instance.Id);
                address.Attributes.Set(_service, this);
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private bool Serves(InstanceEndpoint endpoint) =>
        endpoint.Scheme == (Query.Schemes == EndpointSchemes.Https ? "https" : "http")
        && string.Equals(endpoint.Name, Query.EndpointName, StringComparison.OrdinalIgnoreCase);
}
