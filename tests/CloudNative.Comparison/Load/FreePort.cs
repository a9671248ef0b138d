using System.Net;
using System.Net.Sockets;

namespace CloudNative.Comparison.Load;

/// <summary>
/// Ports for servers that come back at the same one. Below those that systems give to outgoing connections, so that none of these takes
/// it while the server is away.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Last = 30_000;

    public static int Find()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Somebody else's; the next one.
            }
        }
    }
}
