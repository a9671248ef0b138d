using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>The server to ask, as options name it.</summary>
internal static class DnsServer
{
    private const int UsualPort = 53;

    public static IPEndPoint Parse(string text) =>
        TryParse(text, out var server) ? server : throw new FormatException($"'{text}' is no address.");

    /// <summary>Reads <c>10.96.0.10</c>, <c>10.96.0.10:5353</c>, <c>fd00::a</c> and <c>[fd00::a]:5353</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? server)
    {
        if (!IPEndPoint.TryParse(text, out server) || IsNobody(server.Address))
        {
            server = null;
            return false;
        }

        server.Port = server.Port == 0 ? UsualPort : server.Port;
        return true;
    }

    // "10" is an address to the parser: 0.0.0.10.
    private static bool IsNobody(IPAddress address) =>
        address.Equals(IPAddress.IPv6Any)
        || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] == 0);
}
