using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Kubernetes.Leases;

/// <summary>
/// Watches all leases of the app from the first question on, so that the time of a holder that dies is known without
/// having asked. Leases work without it, as when the right to watch is missing: then a time begins with the first
/// question that meets it.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The source has no timer; the reader still reads its token.")]
internal sealed class LeaseFollower(
    KubernetesInformers informers, KubernetesSelection selection, LeaseObserver observer)
    : IDisposable, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _reading;

    public void Start()
    {
        lock (_lock)
        {
            if (_reading is not null)
            {
                return;
            }

            // It outlives the call that comes first, and what that carries with it.
            using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            _reading = Task.Run(ReadAsync);
        }
    }

    /// <summary>Ends it, without waiting for it.</summary>
    public void Dispose() => _stop.Cancel();

    public async ValueTask DisposeAsync()
    {
        Task reading;
        lock (_lock)
        {
            reading = _reading ??= Task.CompletedTask;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        try
        {
            using var informer = informers.Join(KubernetesKinds.Leases, selection);
            await foreach (var update in informer.ReadUpdatesAsync(_stop.Token).ConfigureAwait(false))
            {
                foreach (var change in update.Changes)
                {
                    // Of one that is gone is kept what was seen: who holds it does not know of it yet.
                    if (change.After is { } lease)
                    {
                        observer.See(lease);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The process stops.
        }
    }
}
