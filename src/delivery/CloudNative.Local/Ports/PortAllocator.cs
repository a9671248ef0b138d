using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using CloudNative.Local.Running;

namespace CloudNative.Local.Ports;

/// <summary>
/// Hands out free ports on the loopback address. Automatic ones are derived from the run and the replica, so that an
/// address stays the same from run to run when nobody took it; the range lies below what systems use for outgoing
/// connections.
/// </summary>
internal sealed class PortAllocator(string runDirectory) : IDisposable
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _taken = [];
    private readonly PortClaims _claims = new();

    /// <summary>Takes the port if it is free.</summary>
    public bool TryTake(int port)
    {
        lock (_gate)
        {
            return !_taken.Contains(port) && IsFree(port) && _claims.TryClaim(port) && _taken.Add(port);
        }
    }

    /// <summary>Takes a free port for a replica; another one each time.</summary>
    public int Take(string replica)
    {
        var start = (int)(Hash($"{runDirectory}\n{replica}") % Count);
        for (var i = 0; i < Count; i++)
        {
            var port = First + ((start + i) % Count);
            if (TryTake(port))
            {
                return port;
            }
        }

        throw new LocalAppException(LocalAppExitCodes.Conflict,
            $"{ErrorIds.PortInUse} No port from {First} to {First + Count - 1} is free for '{replica}'. Stop what holds them.");
    }

    /// <summary>Whether nobody on this machine listens there now.</summary>
    public static bool IsFree(int port)
    {
        // Binding alone is not enough: some systems let a loopback address share a port with a wildcard one.
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port))
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _claims.Dispose();

    // FNV-1a: the same in every process, unlike string.GetHashCode.
    private static uint Hash(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash;
    }
}
