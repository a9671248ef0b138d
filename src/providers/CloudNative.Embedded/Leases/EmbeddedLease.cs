using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using CloudNative.Leases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Leases;

/// <summary>A lease that this process holds by a row of the store.</summary>
internal sealed class EmbeddedLease(ControlStore store, string holder, TimeProvider time, EmbeddedMetrics metrics, ILogger logger)
    : HeldLease(time, logger)
{
    protected override Task<string?> RenewAsync(CancellationToken cancellationToken)
    {
        // Continued on the store's thread: when the next work there is done, the lease's timers are set again.
        var renewed = new TaskCompletionSource<string?>();
        if (!store.TryPost(() => Renew(renewed, cancellationToken)))
        {
            renewed.SetCanceled(CancellationToken.None);
        }

        return renewed.Task;
    }

    protected override async Task ReleaseAsync()
    {
        try
        {
            await store.WriteAsync("lease.release", connection => LeaseRows.Release(connection, Name, holder), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (EmbeddedStoreException exception)
        {
            throw new LeaseException(exception.Message, exception);
        }
    }

    protected override void CountLost() => metrics.LeaseLost();

    private void Renew(TaskCompletionSource<string?> renewed, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            renewed.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            renewed.SetResult(store.Write(Renew) ? null : "it has expired or another process has taken it");
        }
        catch (EmbeddedStoreException exception)
        {
            renewed.SetException(new LeaseException(exception.Message, exception));
        }
    }

    private bool Renew(SqliteConnection connection)
    {
        var now = MonotonicClock.Now(Time);
        return LeaseRows.Renew(connection, Name, holder, now, now + (long)Duration.TotalMilliseconds);
    }
}
