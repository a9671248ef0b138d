using System.Net.Sockets;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// An open socket to another process. A byte on it means that something changed; its end means that the other process
/// is gone or going.
/// </summary>
internal sealed class PeerConnection(Socket socket, string peer) : IDisposable
{
    private static readonly byte[] _poke = [(byte)'p'];

    public string Peer { get; } = peer;

    /// <summary>
    /// Tells the peer that something changed. Never blocks: a full buffer means that it has been told and not
    /// looked yet.
    /// </summary>
    public void Poke()
    {
        try
        {
            socket.Send(_poke, SocketFlags.None, out _);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The end of the connection is noticed where it is read.
        }
    }

    /// <summary>Reads until the other side is gone, and calls <paramref name="changed"/> for what it tells.</summary>
    public async Task ReadToEndAsync(Action changed, CancellationToken cancellationToken)
    {
        var buffer = new byte[64];
        try
        {
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false) > 0)
            {
                changed();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A reset is an end as well.
        }
    }

    public void Dispose() => socket.Dispose();
}
