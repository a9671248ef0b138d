using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>A way to the broker that can be cut, as by the death of a process or of a network.</summary>
internal sealed class TcpGate : IAsyncDisposable
{
    private readonly int _target;
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private volatile bool _isCut;

    public TcpGate(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Ends all connections without a word, and lets none through until it is mended.</summary>
    public void Cut()
    {
        _isCut = true;
        while (_sockets.TryTake(out var socket))
        {
            Reset(socket);
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await _accepting;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var inner = await _listener.AcceptSocketAsync();
                if (_isCut)
                {
                    Reset(inner);
                    continue;
                }

                var outer = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                inner.NoDelay = true;
                try
                {
                    await outer.ConnectAsync(IPAddress.Loopback, _target);
                }
                catch (SocketException)
                {
                    Reset(inner);
                    outer.Dispose();
                    continue;
                }

                _sockets.Add(inner);
                _sockets.Add(outer);
                _ = PumpAsync(inner, outer);
                _ = PumpAsync(outer, inner);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed.
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Dispose();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
