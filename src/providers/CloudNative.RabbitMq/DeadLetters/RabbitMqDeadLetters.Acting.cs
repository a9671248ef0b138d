using System.Collections.Concurrent;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Publishing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>
/// What is done is written first and read back: only then is it known whether another process was first.
/// </summary>
internal sealed partial class RabbitMqDeadLetters
{
    private const int DiscardedAtOnce = 500;

    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    // What acts of this process came to, once they have been read back.
    private readonly ConcurrentDictionary<string, IReadOnlyList<long>?> _awaited = new(StringComparer.Ordinal);

    public async ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await AskAsync(
            async open =>
            {
                var count = 0;
                foreach (var piece in ids.Distinct().Order().Chunk(DiscardedAtOnce))
                {
                    if (await FindThereAsync(open, piece, cancellationToken).ConfigureAwait(false) is { Count: > 0 } there)
                    {
                        var done = await ActAsync(open, LetterAct.Discard, NewToken(), there, cancellationToken)
                            .ConfigureAwait(false);
                        count += done.Count;
                    }
                }

                return count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> EditAsync(
        long id, ReadOnlyMemory<byte> data, string by, int longest, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        if (data.Length > longest)
        {
            throw new EventRejectedException(
                $"{ErrorIds.NotPublishable} The data have {data.Length} bytes; {longest} are the most. Shorten them.");
        }

        return await AskAsync(
            async open => (await FindThereAsync(open, [id], cancellationToken).ConfigureAwait(false)).Count == 1
                && (await ActAsync(open, LetterAct.Edit, NewToken(), [id], cancellationToken, by, data)
                    .ConfigureAwait(false)).Count == 1,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<long>> FindThereAsync(
        IConnection open, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (_ledger.Last is not { } last || ids.Any(id => id > last.Number))
        {
            RequireKnown(await CatchUpAsync(open, cancellationToken).ConfigureAwait(false));
        }

        return [.. ids.Where(_ledger.IsThere)];
    }

    /// <returns>The letters on which it had an effect.</returns>
    private async Task<IReadOnlyList<long>> ActAsync(
        IConnection open,
        LetterAct act,
        string token,
        IReadOnlyList<long> ids,
        CancellationToken cancellationToken,
        string? by = null,
        ReadOnlyMemory<byte> data = default)
    {
        _awaited[token] = null;
        try
        {
            await SayAsync(act, token, ids, cancellationToken, by, data).ConfigureAwait(false);
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // Another call of this process may have read it meanwhile.
                if (_awaited[token] is null)
                {
                    await ReadToAsync(open, entry => entry.Token == token, cancellationToken).ConfigureAwait(false);
                }

                return _awaited[token] ?? [];
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
        finally
        {
            _awaited.TryRemove(token, out _);
        }
    }

    private static string NewToken() => Guid.CreateVersion7().ToString();

    private async Task SayAsync(
        LetterAct act,
        string token,
        IReadOnlyList<long> ids,
        CancellationToken cancellationToken,
        string? by = null,
        ReadOnlyMemory<byte> data = default)
    {
        var now = context.Time.GetUtcNow();
        var until = act == LetterAct.Claim ? now + (context.Options.PublishTimeout * 3) + Reserve : (DateTimeOffset?)null;
        var properties = LetterEntry.Write(act, token, ids, now, until, by);
        await publisher.PublishAsync(
            [new Parcel(string.Empty, context.Names.DeadLetters, properties, data)], cancellationToken).ConfigureAwait(false);
    }
}
