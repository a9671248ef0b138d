using System.Collections.Concurrent;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Membership;

/// <summary>
/// Finds out whether a process that hung up is dead, and removes what it left. A process is dead when nobody holds
/// its lock and nobody answers at its socket; one that is paused still holds its lock.
/// </summary>
internal sealed partial class ProcessReaper(
    ControlStore store,
    DataDirectory directory,
    PeerMesh mesh,
    TimeProvider timeProvider,
    EmbeddedMetrics metrics,
    ILogger logger)
{
    // The system closes the files of a dying process one by one: the socket may go a moment before the lock.
    private static readonly int[] _pausesMilliseconds = [1, 2, 5, 10, 20, 50, 100, 200, 400, 800];

    private readonly ConcurrentDictionary<string, byte> _underway = new();

    /// <summary>Looks until the matter is settled. True when the process was removed by this call.</summary>
    public async Task<bool> SettleAsync(string id, CancellationToken cancellationToken)
    {
        if (!_underway.TryAdd(id, 0))
        {
            return false;
        }

        try
        {
            foreach (var pause in _pausesMilliseconds)
            {
                if (await TrySettleAsync(id, cancellationToken).ConfigureAwait(false) is { } removed)
                {
                    return removed;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(pause), timeProvider, cancellationToken).ConfigureAwait(false);
            }

            return false; // Still there, though nobody answers; the next look at the store asks again.
        }
        finally
        {
            _underway.TryRemove(id, out _);
        }
    }

    /// <summary>Settles at once what needs no patience: used at the start, and before a lease is refused.</summary>
    public Task<bool?> TrySettleAsync(string id, CancellationToken cancellationToken)
    {
        if (mesh.IsConnected(id))
        {
            return Task.FromResult<bool?>(false);
        }

        return ProcessLock.Probe(LockPath(id)) == LockState.Held
            ? Task.FromResult<bool?>(null)
            : RemoveAsync(id, cancellationToken);
    }

    public string LockPath(string id) => Path.Combine(directory.Instances, id + ".lock");

    private async Task<bool?> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var known = await store.ReadAsync(
            "member.read",
            connection => MemberRows.ReadAll(connection).Find(member => member.Id == id),
            cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            return false; // It left in good order, or somebody was faster.
        }

        var instances = await store.WriteAsync("member.remove", connection => MemberRows.Remove(connection, id), cancellationToken)
            .ConfigureAwait(false);
        Sweep(known);
        if (instances is null)
        {
            return false;
        }

        metrics.ProcessFoundDead();
        LogDead(logger, id, instances.Value);
        return true;
    }

    private void Sweep(Member member)
    {
        SocketPath.Remove(member.Socket, directory.Instances);
        try
        {
            File.Delete(LockPath(member.Id));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Litter; its name is used once.
        }
    }
}
