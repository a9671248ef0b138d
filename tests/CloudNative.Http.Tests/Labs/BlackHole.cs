using System.Net;
using System.Net.Sockets;

namespace CloudNative.Http.Tests.Labs;

/// <summary>
/// An address that swallows connections: it listens with room for none, and its queue is full, so that new ones get no
/// answer.
/// </summary>
internal sealed class BlackHole : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _filling = [];

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";

    public static async Task<BlackHole> OpenAsync()
    {
        var hole = new BlackHole();
        hole._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        hole._listener.Listen(0);
        for (var i = 0; i < 16; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            hole._filling.Add(socket);
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
            try
            {
                await socket.ConnectAsync(hole._listener.LocalEndPoint!, limit.Token);
            }
            catch (OperationCanceledException)
            {
                return hole;
            }
        }

        await hole.DisposeAsync();
        throw new InvalidOperationException("This system accepts connections beyond the queue of a listener.");
    }

    public ValueTask DisposeAsync()
    {
        _filling.ForEach(socket => socket.Dispose());
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
