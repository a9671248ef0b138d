using System.Net.Sockets;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// An open socket to another process. A byte on it means that something changed, or says what the other process wants to be told; its end
/// means that the other process is gone or going.
/// </summary>
internal sealed class PeerConnection(Socket socket, string peer) : IDisposable
{
    private const byte EventPoke = (byte)'e';
    private const byte Listens = (byte)'l';
    private const byte Deaf = (byte)'d';

    private static readonly byte[] _poke = [(byte)'p'];
    private static readonly byte[] _eventPoke = [EventPoke];
    private static readonly byte[] _listens = [Listens];
    private static readonly byte[] _deaf = [Deaf];

    private volatile bool _isDeaf;

    public string Peer { get; } = peer;

    /// <summary>
    /// Tells the peer that something changed. Never blocks: a full buffer means that it has been told and not
    /// looked yet.
    /// </summary>
    public void Poke() => Send(_poke);

    /// <summary>Tells the peer of events, unless it has said that nobody there takes any.</summary>
    public void PokeEvents()
    {
        if (!_isDeaf)
        {
            Send(_eventPoke);
        }
    }

    /// <summary>
    /// Tells the peer whether somebody here takes events. May get lost when the peer is paused for long, so say it again.
    /// </summary>
    public void SayListens(bool listens) => Send(listens ? _listens : _deaf);

    /// <summary>Reads until the other side is gone, and calls what belongs to what it tells.</summary>
    public async Task ReadToEndAsync(Action changed, Action events, CancellationToken cancellationToken)
    {
        var buffer = new byte[64];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false)) > 0)
            {
                Hear(buffer.AsSpan(0, count), changed, events);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A reset is an end as well.
        }
    }

    public void Dispose() => socket.Dispose();

    private void Hear(ReadOnlySpan<byte> told, Action changed, Action events)
    {
        var last = told.LastIndexOfAny(Listens, Deaf);
        if (last >= 0)
        {
            var wasDeaf = _isDeaf;
            _isDeaf = told[last] == Deaf;
            if (wasDeaf && !_isDeaf)
            {
                Send(_eventPoke); // It was not told of what happened until now.
            }
        }

        if (told.Contains(EventPoke))
        {
            events();
        }

        // What a later version says that this one does not know is worth a look as well.
        if (told.ContainsAnyExcept(EventPoke, Listens, Deaf))
        {
            changed();
        }
    }

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
