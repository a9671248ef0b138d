using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Discovery.Registration;

/// <summary>
/// Finds where neighbours reach this process: what <see cref="AdvertiseOptions"/> says, else <c>POD_IP</c>, else the
/// local address of the route to the registry. A registry of this machine gets loopback addresses; a remote one never
/// does.
/// </summary>
internal sealed class AddressFinder(ILocalNetwork network, IConfiguration configuration)
{
    private const string Section = $"{DiscoveryOptions.SectionName}:Advertise";
    private const string PodAddress = "POD_IP";

    public async ValueTask<Advertisement> FindAsync(
        AdvertiseOptions options, IReadOnlyList<BoundAddress> listening, Uri? registry, CancellationToken cancellationToken)
    {
        var ports = Ports(options, listening);
        if (ports.Count == 0)
        {
            return Advertisement.None("the process listens on no address");
        }

        var endpoints = new List<InstanceEndpoint>();
        var reason = string.Empty;
        foreach (var (scheme, bound, port, name) in ports)
        {
            var (host, source) = await FindHostAsync(options, bound, registry, cancellationToken).ConfigureAwait(false);
            if (host is null)
            {
                return Advertisement.Refused(source);
            }

            if (registry is not null && IsLoopback(host))
            {
                return Advertisement.Refused(
                    $"{host} can be reached on this machine only, and the registry at {registry.Host} is elsewhere. "
                    + $"Listen on all addresses (ASPNETCORE_URLS=http://+:{port}), or set {Section}:Host.");
            }

            var endpoint = new InstanceEndpoint(scheme, host, port) { Name = name };
            if (!endpoints.Contains(endpoint))
            {
                endpoints.Add(endpoint);
            }

            reason = source;
        }

        return new Advertisement(endpoints, reason);
    }

    private static List<(string Scheme, string Bound, int Port, string? Name)> Ports(
        AdvertiseOptions options, IReadOnlyList<BoundAddress> listening)
    {
        // The unnamed ones first: the first address is what people are shown of an instance.
        var bound = listening
            .Where(address => options.Scheme is null || address.Uri.Scheme == options.Scheme)
            .OrderBy(address => address.Name is not null)
            .Select(address => (address.Uri.Scheme, Bound: address.Uri.IdnHost.Trim('[', ']'), address.Uri.Port, address.Name))
            .ToList();
        if (options.Port is not { } port)
        {
            return bound;
        }

        // One port stands for one address: the first unnamed one, or one that only configuration knows (a mapped port,
        // a worker's own).
        var first = bound.FirstOrDefault();
        return [(options.Scheme ?? first.Scheme ?? "http", first.Bound ?? IPAddress.Any.ToString(), port, null)];
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // The server reports host names that it does not know ("+", "*") as wildcards already.
    private static bool IsWildcard(string host) => host is "+" or "*"
        || (IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    private async ValueTask<(string? Host, string Source)> FindHostAsync(
        AdvertiseOptions options, string bound, Uri? registry, CancellationToken cancellationToken)
    {
        if (options.Host is { } host)
        {
            return (host.Trim('[', ']'), $"{Section}:Host");
        }

        if (options.Network is { } cidr)
        {
            return FindInNetwork(IPNetwork.Parse(cidr), cidr);
        }

        if (!IsWildcard(bound))
        {
            return (IsLoopback(bound) ? LoopbackOf(bound) : bound, "the address the process listens on");
        }

        if (registry is null)
        {
            return (IPAddress.Loopback.ToString(), "the registry is on this machine");
        }

        var pod = configuration[PodAddress] ?? Environment.GetEnvironmentVariable(PodAddress);
        if (!string.IsNullOrWhiteSpace(pod))
        {
            return (pod.Trim(), PodAddress);
        }

        var family = bound == IPAddress.Any.ToString() ? AddressFamily.InterNetwork : AddressFamily.Unspecified;
        var route = await network.GetRouteAsync(registry, family, cancellationToken).ConfigureAwait(false);
        return (route.ToString(), $"the route to {registry.Host}");
    }

    private static string LoopbackOf(string bound) =>
        IPAddress.TryParse(bound, out var address) ? address.ToString() : IPAddress.Loopback.ToString();

    private (string? Host, string Source) FindInNetwork(IPNetwork wanted, string cidr)
    {
        var found = network.GetAddresses().FirstOrDefault(wanted.Contains);
        return found is not null
            ? (found.ToString(), $"{Section}:Network {cidr}")
            : (null, $"no interface has an address in {cidr}, which {Section}:Network asks for. Addresses here: "
                + string.Join(", ", network.GetAddresses()));
    }
}
