using System.Net.Sockets;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// An open socket to another process. A byte on it means that something changed; its end means that the other process
/// is gone or going.
/// </summary>
internal sealed class PeerConnection(Socket socket, string peer) : IDisposable
{
    private const byte EventPoke = (byte)'e';

    private static readonly byte[] _poke = [(byte)'p'];
    private static readonly byte[] _eventPoke = [EventPoke];

    public string Peer { get; } = peer;

    /// <summary>
    /// Tells the peer that something changed. Never blocks: a full buffer means that it has been told and not
    /// looked yet.
    /// </summary>
    public void Poke() => Send(_poke);

    /// <summary>Tells the peer of events. One of a version that does not know this byte takes a look at the registry.</summary>
    public void PokeEvents() => Send(_eventPoke);

    /// <summary>Reads until the other side is gone, and calls what belongs to what it tells.</summary>
    public async Task ReadToEndAsync(Action changed, Action events, CancellationToken cancellationToken)
    {
        var buffer = new byte[64];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false)) > 0)
            {
                var told = buffer.AsSpan(0, count);
                if (told.Contains(EventPoke))
                {
                    events();
                }

                if (told.ContainsAnyExcept(EventPoke))
                {
                    changed();
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A reset is an end as well.
        }
    }

    public void Dispose() => socket.Dispose();

    private void Send(byte[] poke)
    {
        try
        {
            socket.Send(poke, SocketFlags.None, out _);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The end of the connection is noticed where it is read.
        }
    }
}
