using System.Net.Sockets;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// Lets callers in, one after another. When that fails, because a caller hung up too early or the process is out of file handles, it waits
/// before it tries again, longer each time: the caller stays in line, and a loop that fails at once would take a whole processor.
/// </summary>
internal sealed class Doorman(TimeProvider time)
{
    private const int MostDoublings = 7;
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the listener is closed or the token fires; never throws.</summary>
    public async Task AdmitAsync(
        Func<CancellationToken, ValueTask<Socket>> accept, Action<Socket> admit, CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                admit(await accept(cancellationToken).ConfigureAwait(false));
                failures = 0;
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(PauseAfter(++failures), time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = _first * (1 << Math.Min(failures - 1, MostDoublings));
        return pause < _longest ? pause : _longest;
    }
}
