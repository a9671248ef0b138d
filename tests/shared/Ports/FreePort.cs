using System.Net;
using System.Net.Sockets;

namespace CloudNative.TestSupport.Ports;

/// <summary>
/// Ports for servers that come back at the same one. Below those that systems give to outgoing connections, so that none of these takes
/// it while the server is away; none is given out twice.
/// </summary>
internal static class FreePort
{
    private const int First = 15_000;
    private const int Count = 15_000;

    // Processes that look at the same time begin at different places.
    private static int _next = Random.Shared.Next(Count);

    public static int Find()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
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
