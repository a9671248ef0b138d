using System.Net;
using System.Net.Sockets;

namespace CloudNative.Health.Listening;

/// <summary>
/// Answers probes on a port of its own. It reads the request line and nothing else of HTTP/1.1 (RFC 9112), answers and
/// closes; a web server would be a dependency, and HttpListener needs administrator rights on Windows.
/// </summary>
internal sealed class ProbeListener : IAsyncDisposable
{
    // Probes are small and rare; more at once is somebody else's traffic.
    private const int MostConnections = 64;

    private readonly TcpListener _socket;
    private readonly ProbeConnection _answers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _free = new(MostConnections, MostConnections);
    private readonly Task _accepting;
    private int _disposed;

    private ProbeListener(TcpListener socket, ProbeConnection answers)
    {
        _socket = socket;
        _answers = answers;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndpoint => (IPEndPoint)_socket.LocalEndpoint;

    /// <summary>Opens the port on all addresses.</summary>
    /// <exception cref="InvalidOperationException">The port cannot be opened; the message names the key.</exception>
    public static ProbeListener Open(int port, IHealthProbes probes, HealthPaths paths, TimeProvider time)
    {
        var socket = Socket.OSSupportsIPv6 ? TcpListener.Create(port) : new TcpListener(IPAddress.Any, port);
        try
        {
            socket.Start();
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new InvalidOperationException(
                $"CN5004 The port {port} for health probes cannot be opened: {exception.Message}. "
                + $"Free it, or set another in {HealthOptions.SectionName}:{nameof(HealthOptions.Port)}.",
                exception);
        }

        return new ProbeListener(socket, new ProbeConnection(probes, paths, time));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The answers under way end with the token; taking all places waits for them.
        for (var i = 0; i < MostConnections; i++)
        {
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _free.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            await _free.WaitAsync(_stopping.Token).ConfigureAwait(false);
            Socket? connection = null;
            try
            {
                connection = await _socket.AcceptSocketAsync(_stopping.Token).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // The caller was gone before we took it.
            }
            finally
            {
                if (connection is null)
                {
                    _free.Release();
                }
            }

            if (connection is not null)
            {
                _ = AnswerAsync(connection);
            }
        }
    }

    // Owned by the places in _free, which disposal takes back.
    private async Task AnswerAsync(Socket connection)
    {
        try
        {
            await _answers.ServeAsync(connection, _stopping.Token).ConfigureAwait(false);
        }
        finally
        {
            connection.Dispose();
            _free.Release();
        }
    }
}
