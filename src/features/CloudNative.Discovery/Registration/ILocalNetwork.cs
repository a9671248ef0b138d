using System.Net;
using System.Net.Sockets;

namespace CloudNative.Discovery.Registration;

/// <summary>What this machine knows of its own addresses.</summary>
internal interface ILocalNetwork
{
    /// <summary>The addresses of all interfaces that are up.</summary>
    IReadOnlyList<IPAddress> GetAddresses();

    /// <summary>
    /// The local address from which packets to the target leave; nothing is sent to find it, but the name may be looked
    /// up.
    /// </summary>
    /// <param name="target">Host and port.</param>
    /// <param name="family">The family wanted; <see cref="AddressFamily.Unspecified"/> for any.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="SocketException">There is no route, or the name is unknown.</exception>
    ValueTask<IPAddress> GetRouteAsync(Uri target, AddressFamily family, CancellationToken cancellationToken);
}
