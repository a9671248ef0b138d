using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Outbox;

/// <summary>
/// Moves what is committed in one outbox to the transport: one loop, in order. It begins when the service is announced and ends when
/// the service has stopped, so that what handlers enqueue while they drain is still moved.
/// </summary>
internal sealed partial class OutboxRelay(
    IOutboxStore store,
    OutboxMover mover,
    EventOutboxOptions options,
    OutboxMetrics metrics,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan _firstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _measureEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _look = NewSignal();
    private TaskCompletionSource _told = NewSignal();
    private TaskCompletionSource _hurry = NewSignal();
    private Task _loop = Task.CompletedTask;
    private Backlog _seen = new(default);
    private long _measured;
    private long? _failingSince;
    private long _round;
    private long _begun;
    private long _ended;
    private int _failures;
    private bool _prepared;
    private bool _over;
    private int _disposed;

    public string Name => store.Name;

    /// <summary>What was in the outbox when the relay last looked.</summary>
    public OutboxBacklog LastSeen => Volatile.Read(ref _seen).Value;

    /// <summary>Whether the last attempt failed.</summary>
    public bool IsFailing => Volatile.Read(ref _failures) > 0;

    /// <summary>Whether it has ended: what is in the outbox stays there.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
            {
                return _over;
            }
        }
    }

    public ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken) => store.GetBacklogAsync(cancellationToken);

    /// <summary>How it is now, with what it holds when its database says so.</summary>
    public async Task<OutboxReport> ReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new OutboxReport(Name, await GetBacklogAsync(cancellationToken).ConfigureAwait(false), IsFailing);
        }
        catch (EventTransportException)
        {
            // The relay meets the same and says it.
            return new OutboxReport(Name, Backlog: null, IsFailing: true);
        }
    }

    /// <summary>Begins, outside of whatever scope or trace the caller is in.</summary>
    public void Start()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(() => RunAsync(_ending.Token));
        }
    }

    /// <summary>Waits until the relay has looked at the outbox from now on, and found or left nothing in it.</summary>
    public async Task EmptyAsync(CancellationToken cancellationToken)
    {
        for (var wanted = 0L; ;)
        {
            Task told;
            lock (_lock)
            {
                wanted = wanted == 0 ? _round + 1 : wanted;
                if (_over || (_round >= wanted && !IsFailing && LastSeen.Waiting == 0))
                {
                    return;
                }

                told = _told.Task;
                _look.TrySetResult();
            }

            await told.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Empties the outbox before the service stops. Gives up when an attempt fails: what is in the outbox is safe there.
    /// </summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        long wanted;
        lock (_lock)
        {
            wanted = _begun + 1;
            _hurry.TrySetResult();
        }

        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var emptied = EmptyAsync(failed.Token);
        while (!emptied.IsCompleted)
        {
            Task told;
            lock (_lock)
            {
                if (_over || (_ended >= wanted && IsFailing) || cancellationToken.IsCancellationRequested)
                {
                    break;
                }

                told = _told.Task;
            }

            await Task.WhenAny(emptied, told.WaitAsync(cancellationToken)).ConfigureAwait(false);
        }

        await failed.CancelAsync().ConfigureAwait(false);
        await emptied.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the loop, and waits until it has ended; what is in the outbox stays there.</summary>
    public async Task EndAsync()
    {
        if (Volatile.Read(ref _disposed) == 0)
        {
            await _ending.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        Dispose();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _ending.Cancel();
            _ending.Dispose();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                lock (_lock)
                {
                    _begun++;
                }

                await RoundAsync(ending).ConfigureAwait(false);
                Succeeded();
            }
            catch (Exception) when (ending.IsCancellationRequested)
            {
                break; // Whatever an interrupted round says of it is no failure.
            }
            catch (Exception exception)
            {
                await FailedAsync(exception, ending).ConfigureAwait(false);
            }
        }

        Tell(over: true);
    }

    // One wait and what it was worth.
    private async Task RoundAsync(CancellationToken ending)
    {
        if (!_prepared)
        {
            await store.PrepareAsync(ending).ConfigureAwait(false);
            _prepared = true;
        }

        // What is there goes first and is counted then: events wait for each look that is taken before.
        await WaitAsync(ending).ConfigureAwait(false);
        await store.DrainAsync(MoveAsync, ending).ConfigureAwait(false);
        await MeasureAsync(ending).ConfigureAwait(false);
    }

    // Rows to move, or somebody who wants to know now.
    private async Task WaitAsync(CancellationToken ending)
    {
        Task look;
        lock (_lock)
        {
            look = _look.Task;
        }

        if (!look.IsCompleted)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ending);
            var rows = store.WaitAsync(over.Token).AsTask();
            var first = await Task.WhenAny(rows, look).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            await rows.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (first == rows)
            {
                await rows.ConfigureAwait(false);
            }
        }

        lock (_lock)
        {
            // Whoever asks from here on wants the round after this one.
            _look = _look.Task.IsCompleted ? NewSignal() : _look;
            _round++;
        }
    }

    private async ValueTask<IReadOnlyList<OutboxRejection>> MoveAsync(
        IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        var rejections = await mover.MoveAsync(batch, cancellationToken).ConfigureAwait(false);
        foreach (var (index, reason) in rejections)
        {
            LogSetAside(logger, batch[index].Event.Id, batch[index].Event.Type, Name, reason);
        }

        metrics.Relayed(Name, batch.Count - rejections.Count);
        if (time.GetElapsedTime(_measured) >= _measureEvery)
        {
            await MeasureAsync(cancellationToken).ConfigureAwait(false);
        }

        return rejections;
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var backlog = await store.GetBacklogAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _seen, new Backlog(backlog));
        _measured = time.GetTimestamp();
    }

    private void Succeeded()
    {
        if (_failingSince is { } since)
        {
            LogRecovered(logger, Name, time.GetElapsedTime(since).TotalSeconds);
            _failingSince = null;
            Volatile.Write(ref _failures, 0);
        }

        Tell();
    }

    private async Task FailedAsync(Exception exception, CancellationToken ending)
    {
        metrics.Failed(Name);
        if (_failingSince is null)
        {
            _failingSince = time.GetTimestamp();
            LogFailing(logger, Name, exception);
        }

        Volatile.Write(ref _failures, _failures + 1);
        try
        {
            await MeasureAsync(ending).ConfigureAwait(false);
        }
        catch (Exception inner) when (inner is EventTransportException or OperationCanceledException)
        {
            // The database is what fails; the last figures stand.
        }

        Tell();
        await PauseAsync(Backoff.After(_failures, _firstBackoff, options.MaxBackoff), ending).ConfigureAwait(false);
    }

    // Ends early once, when the service stops.
    private async Task PauseAsync(TimeSpan pause, CancellationToken ending)
    {
        Task hurry;
        lock (_lock)
        {
            hurry = _hurry.Task;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(ending);
        await Task.WhenAny(Task.Delay(pause, time, over.Token), hurry).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _hurry = _hurry.Task.IsCompleted ? NewSignal() : _hurry;
        }
    }

    // A round is over: whoever waits for one looks at what became of it.
    private void Tell(bool over = false)
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            (told, _told) = (_told, NewSignal());
            _ended = _begun;
            _over |= over;
        }

        told.TrySetResult();
    }

    // A reference, so that it is read in one piece.
    private sealed record Backlog(OutboxBacklog Value);
}
