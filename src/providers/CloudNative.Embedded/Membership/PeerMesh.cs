using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using CloudNative.Embedded.Telemetry;
using CloudNative.Shared.Work;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// The connections to all other processes of the app. Who joins connects to everybody who is there, so that each pair
/// has a connection; a greeting (<c>1</c>, the id, a line feed) says who calls.
/// </summary>
internal sealed class PeerMesh(
    string self, EmbeddedMetrics metrics, TimeProvider time, Action changed, Action events, Action<string> departed) : IAsyncDisposable
{
    private const int GreetingLength = 18;
    private const int Backlog = 512;

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<PeerConnection, byte> _connections = new();
    private readonly OwnedTasks _readers = new();
    private readonly Lock _saying = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private bool _listens;

    /// <summary>Listens. Throws what the platform throws when it has no such sockets.</summary>
    public void Listen(string path)
    {
        _listener = NewSocket();
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen(Backlog);
        _accepting = new Doorman(time).AdmitAsync(
            _listener.AcceptAsync, socket => _readers.Add(GreetAsync(socket)), _stopping.Token);
    }

    public bool IsConnected(string peer) => _connections.Keys.Any(connection => connection.Peer == peer);

    public void Poke()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Poke();
        }
    }

    public void PokeEvents()
    {
        foreach (var (connection, _) in _connections)
        {
            connection.PokeEvents();
        }
    }

    /// <summary>Says, to those who are here and those who come, whether this process wants to be told of events.</summary>
    public void SayListens(bool listens)
    {
        lock (_saying)
        {
            _listens = listens;
            foreach (var (connection, _) in _connections)
            {
                connection.SayListens(listens);
            }
        }
    }

    /// <summary>Connects to a process. False when it does not listen (any more).</summary>
    public async Task<bool> ConnectAsync(Member peer, CancellationToken cancellationToken)
    {
        if (peer.Socket.Length == 0 || await CallAsync(peer.Socket, cancellationToken).ConfigureAwait(false) is not { } socket)
        {
            return false;
        }

        _readers.Add(ReadAsync(socket, peer.Id));
        return true;
    }

    /// <summary>Closes all sockets; peers notice at once.</summary>
    public void HangUp()
    {
        _stopping.Cancel();
        _listener?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        HangUp();
        await _accepting.ConfigureAwait(false);
        await _readers.WhenAllAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task<Socket?> CallAsync(string path, CancellationToken cancellationToken)
    {
        var socket = NewSocket();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"1{self}\n"), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is SocketException or ArgumentException)
            {
                return null;
            }

            throw;
        }
    }

    private async Task GreetAsync(Socket socket)
    {
        var greeting = new byte[GreetingLength];
        var received = 0;
        try
        {
            while (received < GreetingLength)
            {
                var count = await socket.ReceiveAsync(greeting.AsMemory(received), _stopping.Token).ConfigureAwait(false);
                if (count == 0)
                {
                    socket.Dispose();
                    return;
                }

                received += count;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            socket.Dispose();
            return;
        }

        await ReadAsync(socket, Encoding.ASCII.GetString(greeting, 1, GreetingLength - 2)).ConfigureAwait(false);
    }

    private void Greet(PeerConnection connection)
    {
        lock (_saying)
        {
            _connections.TryAdd(connection, 0);
            connection.SayListens(_listens);
        }

        // Nobody told the peer of what happened while it waited to be let in.
        connection.Poke();
        connection.PokeEvents();
    }

    private async Task ReadAsync(Socket socket, string peer)
    {
        socket.Blocking = false; // A poke must not wait for a peer that is paused.
        using var connection = new PeerConnection(socket, peer);
        Greet(connection);
        metrics.PeerConnected();
        try
        {
            await connection.ReadToEndAsync(changed, events, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            metrics.PeerDisconnected();
        }

        if (!_stopping.IsCancellationRequested)
        {
            departed(peer);
        }
    }
}
