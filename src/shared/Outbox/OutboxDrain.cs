using CloudNative.Eventing;

namespace CloudNative.Shared.Outbox;

/// <summary>
/// Moves the rows of an outbox in order, in batches, one process at a time, with no transaction open while the
/// transport works.
/// </summary>
internal sealed class OutboxDrain(IOutboxTable table, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan _firstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _lastLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _draining = new(1, 1);
    private OutboxBatch? _moved;

    /// <summary>See <see cref="IOutboxStore.DrainAsync"/>.</summary>
    public async ValueTask<int> RunAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        await _draining.WaitAsync(cancellationToken).ConfigureAwait(false);
        IAsyncDisposable? turn = null;
        try
        {
            for (var left = 0; ;)
            {
                turn ??= await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
                if (turn is null)
                {
                    return left;
                }

                // What was moved but could not be removed: first that, so that it is not moved again.
                left += await SettleAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                var batch = await table.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (batch.IsEmpty)
                {
                    return left;
                }

                await MoveAsync(batch, relay, cancellationToken).ConfigureAwait(false);
                left += await SettleAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            if (turn is not null)
            {
                await turn.DisposeAsync().ConfigureAwait(false);
            }

            _draining.Release();
        }
    }

    public void Dispose() => _draining.Dispose();

    private async Task MoveAsync(
        OutboxBatch batch,
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        foreach (var (position, reason) in batch.Aside)
        {
            table.TellSetAside(position, reason);
        }

        if (batch.Events.Count > 0)
        {
            batch.Reject(await relay(batch.Events, cancellationToken).ConfigureAwait(false));
        }

        _moved = batch;
    }

    private async Task<int> SettleAsync()
    {
        if (_moved is not { } batch)
        {
            return 0;
        }

        var removed = await table.SettleAsync(batch).ConfigureAwait(false);
        _moved = null;
        return removed;
    }

    // Null when there is nothing left to drain. Whoever has the turn and stands still for long, as a paused process
    // does, is gone past: rows may then be moved twice, which deduplication answers, but they do not wait for it.
    private async Task<IAsyncDisposable?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        var seen = -1L;
        var since = time.GetTimestamp();
        for (var look = _firstLook; ; look = look * 2 < _lastLook ? look * 2 : _lastLook)
        {
            var head = await table.HeadAsync(cancellationToken).ConfigureAwait(false);
            if (head == 0)
            {
                return null;
            }

            if (await table.TryTakeTurnAsync(cancellationToken).ConfigureAwait(false) is { } turn)
            {
                return turn;
            }

            if (head != seen)
            {
                (seen, since) = (head, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(since) >= _patience)
            {
                table.TellGoingPast(time.GetElapsedTime(since));
                return NoTurn.Needed;
            }

            await Task.Delay(look, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
