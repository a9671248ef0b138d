using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace CloudNative.Leases;

/// <summary>
/// A lease that this process holds, whatever stores it. Two timers run while it does: one renews, the other declares
/// the lease lost when the whole duration has passed since the last renewal that succeeded began, whatever the store
/// does meanwhile. The store has to keep the lease for at least as long, counted from any time after that. Time is
/// measured on the monotonic clock.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The sources have no timer; their tokens must work after the lease has ended.")]
internal abstract partial class HeldLease : ILease
{
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _renewal;
    private readonly ITimer _deadline;
    private volatile Task _renewing = Task.CompletedTask;
    private long _begun;
    private bool _isFailing;
    private int _ended;

    protected HeldLease(TimeProvider time, ILogger logger)
    {
        Time = time;
        _logger = logger;
        Lost = _lost.Token;
        // A lease outlives the request that took it; its timers must not carry that context.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _renewal = time.CreateTimer(
            _ => _renewing = KeepAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _deadline = time.CreateTimer(_ => LoseLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public required string Name { get; init; }

    public required long FencingToken { get; init; }

    /// <summary>How long the lease outlives its last renewal.</summary>
    public required TimeSpan Duration { get; init; }

    public CancellationToken Lost { get; }

    /// <summary>The renewal that is under way, or the last one.</summary>
    internal Task Renewing => _renewing;

    protected TimeProvider Time { get; }

    private TimeSpan Left
    {
        get
        {
            var left = Duration - Time.GetElapsedTime(Volatile.Read(ref _begun));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>
    /// Starts the timers. The lease counts from <paramref name="begun"/>, a timestamp taken before the store was asked.
    /// </summary>
    public void Begin(long begun)
    {
        Volatile.Write(ref _begun, begun);
        _deadline.Change(Left, Timeout.InfiniteTimeSpan);
        _renewal.Change(LeasePace.Pause(Duration), Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        await _deadline.DisposeAsync().ConfigureAwait(false);
        await _renewal.DisposeAsync().ConfigureAwait(false); // What it started is in _renewing then.
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        try
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LeaseException or ObjectDisposedException)
        {
            LogReleaseFailed(_logger, Name, exception.Message);
        }
    }

    /// <summary>Has the store keep the lease for its whole duration from now on.</summary>
    /// <returns>
    /// Why it is lost, in words that follow "is lost:"; <see langword="null"/> when it is renewed.
    /// </returns>
    /// <exception cref="LeaseException">The store did not say; it is asked again while there is time.</exception>
    protected abstract Task<string?> RenewAsync(CancellationToken cancellationToken);

    /// <summary>Has the store give the lease to whoever asks next.</summary>
    /// <exception cref="LeaseException">The store cannot be reached or refused.</exception>
    protected abstract Task ReleaseAsync();

    /// <summary>Counts a lease that was lost.</summary>
    protected abstract void CountLost();

    private async Task KeepAsync()
    {
        if (Left == TimeSpan.Zero)
        {
            // This process stood still. That the store may still know the lease does not bring it back.
            LoseLate();
            return;
        }

        var begun = Time.GetTimestamp();
        try
        {
            if (await RenewAsync(_stop.Token).ConfigureAwait(false) is { } reason)
            {
                Lose(reason);
                return;
            }

            Begin(begun);
            if (_isFailing)
            {
                _isFailing = false;
                LogRenewedAgain(_logger, Name);
            }
        }
        catch (LeaseException exception)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                LogRenewalFailed(_logger, Name, Left, exception.Message);
            }

            _renewal.Change(LeasePace.PauseAfterFailure(Duration), Timeout.InfiniteTimeSpan);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Released meanwhile, or the host is gone; the deadline ends it then.
        }
    }

    private void LoseLate() => Lose("it could not be renewed in time");

    private void Lose(string reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
        {
            return;
        }

        _renewal.Dispose();
        _deadline.Dispose();
        CountLost();
        LogLost(_logger, Name, FencingToken, reason);
        // Who listens may take its time, and neither a timer nor a store's thread has any to give.
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _lost, preferLocal: false);
    }
}
