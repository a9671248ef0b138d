using System.Net.Sockets;
using CloudNative.Local.Output;
using CloudNative.Local.Running;

namespace CloudNative.Local.Control;

/// <summary>
/// Lets processes of this user on this machine watch and steer the running app: <see cref="ILocalApp"/> over a local
/// socket.
/// </summary>
internal sealed class ControlServer(ILocalApp app, AppConsole console, TimeProvider time) : IDisposable
{
    // More than a person and a panel need; who comes after them waits until one closes.
    private const int MostClients = 16;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private string? _path;
    private Task _serving = Task.CompletedTask;

    /// <summary>Starts it; the app runs without where it cannot be, and that is said.</summary>
    /// <returns>Whether it listens.</returns>
    public bool TryStart(string path)
    {
        try
        {
            _serving = ServeAsync(ControlSocket.Listen(path), _stopping.Token);
            _path = path;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            console.WriteError($"{ErrorIds.Control} The app runs, but nobody can control it through '{path}': {e.Message}");
            return false;
        }
    }

    /// <summary>Ends it with all its clients.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _serving.ConfigureAwait(false);
        if (_path is not null)
        {
            ControlSocket.Remove(_path);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task ServeAsync(Socket listener, CancellationToken stopping)
    {
        using var owned = listener;
        await Task.WhenAll(Enumerable.Range(0, MostClients).Select(_ => ServeOneAfterAnotherAsync(owned, stopping)))
            .ConfigureAwait(false);
    }

    private async Task ServeOneAfterAnotherAsync(Socket listener, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptAsync(stopping).ConfigureAwait(false);
                using var stream = new NetworkStream(client);
                await new ControlConnection(stream, app).ServeAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The end of the run.
            }
            catch (IOException)
            {
                // The client is gone.
            }
            catch (SocketException)
            {
                // No file handle is free, for instance: the next may come through.
                await Task.Delay(AfterFailure, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
