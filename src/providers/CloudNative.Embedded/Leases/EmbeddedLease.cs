using System.Diagnostics.CodeAnalysis;
using CloudNative.Embedded.Storage;
using CloudNative.Embedded.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Embedded.Leases;

/// <summary>
/// A lease that this process holds. Two timers run while it does: one renews at a third of the duration, the other
/// declares the lease lost when the whole duration has passed since the last renewal began, whatever the store does
/// meanwhile.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The source has no timer; its token must work after the lease has ended.")]
internal sealed partial class EmbeddedLease : ILease
{
    private const int RenewalsPerDuration = 3;

    private readonly ControlStore _store;
    private readonly TimeProvider _timeProvider;
    private readonly EmbeddedMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _renewal;
    private readonly ITimer _deadline;
    private int _ended;

    public EmbeddedLease(ControlStore store, TimeProvider timeProvider, EmbeddedMetrics metrics, ILogger logger)
    {
        _store = store;
        _timeProvider = timeProvider;
        _metrics = metrics;
        _logger = logger;
        Lost = _lost.Token;
        _renewal = timeProvider.CreateTimer(
            _ => PostRenewal(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _deadline = timeProvider.CreateTimer(
            _ => Lose("it could not be renewed in time"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public required string Name { get; init; }

    public required string Holder { get; init; }

    public required TimeSpan Duration { get; init; }

    public required long FencingToken { get; init; }

    public CancellationToken Lost { get; }

    /// <summary>Starts the timers; the lease counts from <paramref name="begun"/>.</summary>
    public void Begin(long begun)
    {
        _deadline.Change(Remaining(begun), Timeout.InfiniteTimeSpan);
        _renewal.Change(Duration / RenewalsPerDuration, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        StopTimers();
        try
        {
            await _store.WriteAsync("lease.release", connection => LeaseRows.Release(connection, Name, Holder), CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (EmbeddedStoreException exception)
        {
            LogReleaseFailed(_logger, Name, Duration, exception);
        }
    }

    // Posted as soon as the timer fires and judged on the store's thread, so that renewals keep the order of their
    // times.
    private void PostRenewal() => _store.TryPost(Renew);

    private void Renew()
    {
        if (Volatile.Read(ref _ended) == 1)
        {
            return;
        }

        try
        {
            var begun = 0L;
            var renewed = _store.Write(connection =>
            {
                begun = _timeProvider.GetTimestamp();
                var now = MonotonicClock.ToMilliseconds(_timeProvider, begun);
                return LeaseRows.Renew(connection, Name, Holder, now, now + (long)Duration.TotalMilliseconds);
            });
            if (renewed)
            {
                Begin(begun);
            }
            else
            {
                Lose("it has expired or another process has taken it");
            }
        }
        catch (EmbeddedStoreException exception)
        {
            LogRenewalFailed(_logger, Name, exception);
            _renewal.Change(Duration / (RenewalsPerDuration * RenewalsPerDuration), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // Released or lost while it was being renewed.
        }
    }

    private void Lose(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        StopTimers();
        _metrics.LeaseLost();
        LogLost(_logger, Name, FencingToken, reason);
        // Who listens may take its time, and neither the timer nor the store's thread has any to give.
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _lost, preferLocal: false);
    }

    private void StopTimers()
    {
        _renewal.Dispose();
        _deadline.Dispose();
    }

    private TimeSpan Remaining(long begun)
    {
        var left = Duration - _timeProvider.GetElapsedTime(begun);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
