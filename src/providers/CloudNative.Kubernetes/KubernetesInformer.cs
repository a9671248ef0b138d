using System.Runtime.CompilerServices;
using CloudNative.Kubernetes.Informing;

namespace CloudNative.Kubernetes;

/// <summary>
/// Keeps the selected objects of a kind at hand, as the server has them: lists once, watches from there, and goes on
/// for ever. It does not fail: while the server is away, or refuses, what was known stays, and
/// <see cref="Status"/> says so. Thread-safe. Dispose it to leave; the last one that leaves ends the watch.
/// </summary>
/// <typeparam name="T">The object.</typeparam>
public sealed class KubernetesInformer<T> : IDisposable
    where T : KubernetesObject
{
    private readonly SharedInformer<T> _shared;
    private readonly CancellationTokenSource _left = new();
    private readonly CancellationToken _leaving;
    private int _isDisposed;

    internal KubernetesInformer(SharedInformer<T> shared) => (_shared, _leaving) = (shared, _left.Token);

    /// <summary>What is known now; empty before the first list. Reading it costs nothing.</summary>
    public KubernetesSnapshot<T> Snapshot => _shared.Store.Snapshot;

    /// <summary>How good that is.</summary>
    public KubernetesInformerStatus Status => _shared.Store.Status;

    /// <summary>Waits until everything was listed once.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait; without it, it lasts as long as the server is away or refuses.
    /// </param>
    /// <returns>What is known then.</returns>
    public async Task<KubernetesSnapshot<T>> WaitForSyncAsync(CancellationToken cancellationToken)
    {
        await _shared.Store.Synced.WaitAsync(cancellationToken).ConfigureAwait(false);
        return Snapshot;
    }

    /// <summary>
    /// Tells what changes. The first update comes when everything was listed, or when that failed; further ones when an
    /// object or the status changed. A reader that takes its time gets all that happened meanwhile in one update: each
    /// object's last state is told, states between may be left out, and nothing queues up. Every call is a reader of
    /// its own. Ends when this is disposed of.
    /// </summary>
    /// <param name="cancellationToken">Ends it by an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The updates.</returns>
    public async IAsyncEnumerable<KubernetesUpdate<T>> ReadUpdatesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_leaving.IsCancellationRequested)
        {
            yield break;
        }

        var subscription = _shared.Store.Subscribe();
        using var leaving = _leaving.UnsafeRegister(
            static state => ((Subscription<T>)state!).Complete(), subscription);
        try
        {
            while (await subscription.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                if (_shared.Store.Take(subscription) is { } update)
                {
                    yield return update;
                }
            }
        }
        finally
        {
            _shared.Store.Unsubscribe(subscription);
        }
    }

    /// <summary>Leaves; all readers end.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _left.Cancel();
            _left.Dispose();
            _shared.Leave();
        }
    }
}
