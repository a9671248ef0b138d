using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Connecting;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>Reads the stream: what is new in it, and single entries.</summary>
internal sealed partial class RabbitMqDeadLetters
{
    // From here on reading on is slower than beginning there.
    private const int LongestGap = 64;

    private async Task<T> AskAsync<T>(Func<IConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await topology.EnsureDeadLettersAsync(cancellationToken).ConfigureAwait(false);
            return await ask(await connection.GetAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not EventRejectedException)
        {
            // Perhaps the stream is another when the broker is back.
            topology.ForgetDeadLetters();
            throw BrokerErrors.From(exception, context);
        }
    }

    /// <summary>Takes in everything that is there now.</summary>
    /// <returns>The place of the last entry.</returns>
    private async Task<long> CatchUpAsync(IConnection open, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_hasBegun)
            {
                // The end of an empty stream cannot be seen, so that it gets an entry.
                var token = NewToken();
                await SayAsync(LetterAct.Look, token, [], cancellationToken).ConfigureAwait(false);
                await ReadToAsync(open, entry => entry.Token == token, cancellationToken).ConfigureAwait(false);
                _hasBegun = true;
                return _ledger.Last!.Offset;
            }

            var last = LetterEntry.Of(
                await StreamReading.FindEndAsync(open, context, cancellationToken).ConfigureAwait(false));
            var (end, known) = (last.Offset, _ledger.Last!);
            if (end < known.Offset || (end == known.Offset && last.Identity != known.Identity))
            {
                // Another stream: it was deleted and made anew.
                _ledger.Clear();
            }

            if (_ledger.Last?.Offset != end)
            {
                await ReadToAsync(open, entry => entry.Offset >= end, cancellationToken).ConfigureAwait(false);
            }

            return end;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            BeginAnew();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Another call that failed meanwhile has everything read anew: what is not known must not look as if it were not there.
    private void RequireKnown(long end)
    {
        if (_ledger.Last is not { } last || last.Offset < end)
        {
            throw new EventTransportException(
                $"{ErrorIds.NotReachable} RabbitMQ at {context.Address.Shown} was away while dead letters were read. Ask again.");
        }
    }

    private void BeginAnew()
    {
        _ledger.Clear();
        _hasBegun = false;
    }

    // Begins with the entry that was read last: another in its place means another stream.
    private async Task ReadToAsync(
        IConnection open, Func<LetterEntry, bool> isLast, CancellationToken cancellationToken)
    {
        var known = _ledger.Last;
        var reading = await StreamReading.OpenAsync(open, context, known?.Offset ?? 0, withBodies: false, cancellationToken)
            .ConfigureAwait(false);
        await using (reading.ConfigureAwait(false))
        {
            while (true)
            {
                var entry = LetterEntry.Of(await reading.NextAsync(cancellationToken).ConfigureAwait(false));
                if (entry.Offset == known?.Offset && entry.Identity != known.Identity)
                {
                    break;
                }

                var changed = _ledger.Apply(entry);
                if (entry.Act is not null && entry.Token is { } token)
                {
                    _awaited.TryUpdate(token, changed, null);
                }

                if (isLast(entry))
                {
                    return;
                }
            }
        }

        _ledger.Clear();
        await ReadToAsync(open, isLast, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StreamRecord?> ReadAsync(IConnection open, long id, CancellationToken cancellationToken)
    {
        var records = await ReadAsync(open, [id], cancellationToken).ConfigureAwait(false);
        return records.TryGetValue(id, out var record) ? record : null;
    }

    /// <summary>Reads single entries of those that were taken in; the broker may have dropped some.</summary>
    private async Task<Dictionary<long, StreamRecord>> ReadAsync(
        IConnection open, IEnumerable<long> ascending, CancellationToken cancellationToken)
    {
        var records = new Dictionary<long, StreamRecord>();
        StreamReading? reading = null;
        var at = 0L;
        try
        {
            foreach (var id in ascending)
            {
                var offset = id - 1;
                if (reading is null || offset - at > LongestGap)
                {
                    await CloseAsync(reading).ConfigureAwait(false);
                    reading = null;
                    reading = await StreamReading.OpenAsync(open, context, offset, withBodies: true, cancellationToken)
                        .ConfigureAwait(false);
                }

                StreamRecord record;
                do
                {
                    record = await reading.NextAsync(cancellationToken).ConfigureAwait(false);
                }
                while (record.Offset < offset);
                at = record.Offset + 1;
                if (record.Offset == offset)
                {
                    records[id] = record;
                }
                else
                {
                    await CloseAsync(reading).ConfigureAwait(false);
                    reading = null;
                }
            }
        }
        finally
        {
            await CloseAsync(reading).ConfigureAwait(false);
        }

        return records;
    }

    private static ValueTask CloseAsync(StreamReading? reading) => reading?.DisposeAsync() ?? ValueTask.CompletedTask;
}
