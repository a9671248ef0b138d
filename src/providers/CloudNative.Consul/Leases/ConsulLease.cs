using System.Diagnostics.CodeAnalysis;
using CloudNative.Consul.Http;
using CloudNative.Consul.Telemetry;
using CloudNative.Leases;
using Microsoft.Extensions.Logging;

namespace CloudNative.Consul.Leases;

/// <summary>
/// A lease that this process holds. Two timers run while it does: one renews, the other declares the lease lost when
/// the whole duration has passed since the last renewal began, whatever Consul does meanwhile; Consul keeps the lease
/// for at least as long.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The sources have no timer; their tokens must work after the lease has ended.")]
internal sealed partial class ConsulLease : ILease
{
    private readonly LeaseDesk _desk;
    private readonly LeaseClaim _claim;
    private readonly TimeProvider _time;
    private readonly ConsulMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _renewal;
    private readonly ITimer _deadline;
    private volatile Task _renewing = Task.CompletedTask;
    private long _begun;
    private bool _isFailing;
    private int _ended;

    public ConsulLease(LeaseDesk desk, LeaseClaim claim, TimeProvider time, ConsulMetrics metrics, ILogger logger)
    {
        _desk = desk;
        _claim = claim;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        Lost = _lost.Token;
        // A lease outlives the request that took it; its timers must not carry that context.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _renewal = time.CreateTimer(
            _ => _renewing = RenewAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _deadline = time.CreateTimer(
            _ => Lose("it could not be renewed in time"), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Name => _claim.Name;

    public required long FencingToken { get; init; }

    public CancellationToken Lost { get; }

    private TimeSpan Left
    {
        get
        {
            var left = _claim.Duration - _time.GetElapsedTime(Volatile.Read(ref _begun));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Starts the timers; the lease counts from <paramref name="begun"/>.</summary>
    public void Begin(long begun)
    {
        Volatile.Write(ref _begun, begun);
        _deadline.Change(Left, Timeout.InfiniteTimeSpan);
        _renewal.Change(LeaseTerms.Pause(_claim.Duration), Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        StopTimers();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        try
        {
            await _desk.ReleaseAsync(_claim).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ConsulException or ObjectDisposedException)
        {
            LogReleaseFailed(_logger, Name, exception.Message);
        }
    }

    private async Task RenewAsync()
    {
        if (Left == TimeSpan.Zero)
        {
            // This process stood still. That Consul may still know the session does not bring the lease back.
            Lose("it could not be renewed in time");
            return;
        }

        var begun = _time.GetTimestamp();
        try
        {
            if (!await _desk.RenewAsync(_claim, _stop.Token).ConfigureAwait(false))
            {
                Lose("Consul has ended its session, or its key was deleted or taken");
                return;
            }

            Begin(begun);
            if (_isFailing)
            {
                _isFailing = false;
                LogRenewedAgain(_logger, Name);
            }
        }
        catch (ConsulException exception)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                LogRenewalFailed(_logger, Name, Left, exception.Message);
            }

            _renewal.Change(LeaseTerms.PauseAfterFailure(_claim.Duration), Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Released meanwhile, or the host is gone; the deadline ends it then.
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
        // Who listens may take its time, and the timer has none to give.
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _lost, preferLocal: false);
    }

    private void StopTimers()
    {
        _renewal.Dispose();
        _deadline.Dispose();
    }
}
