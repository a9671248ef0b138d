using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CloudNative.Discovery.Registration;

/// <summary>The machine's own network.</summary>
internal sealed class LocalNetwork : ILocalNetwork
{
    public IReadOnlyList<IPAddress> GetAddresses() =>
        [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)];

    public async ValueTask<IPAddress> GetRouteAsync(Uri target, AddressFamily family, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.IdnHost, family, cancellationToken).ConfigureAwait(false);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        // Connecting a datagram socket only asks the routing table.
        using var socket = new Socket(addresses[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(addresses[0], target.Port > 0 ? target.Port : 9, cancellationToken).ConfigureAwait(false);
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }
}
