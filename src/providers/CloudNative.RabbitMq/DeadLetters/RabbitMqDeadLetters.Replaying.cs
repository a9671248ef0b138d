using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using CloudNative.RabbitMq.Publishing;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>
/// Sending back is claimed, done, and then noted; a process that dies between leaves the letter there, and it may come
/// twice.
/// </summary>
internal sealed partial class RabbitMqDeadLetters
{
    private const int ReplayedAtOnce = 32;

    public async ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return await AskAsync(
            async open =>
            {
                var count = 0;
                foreach (var piece in ids.Distinct().Order().Chunk(ReplayedAtOnce))
                {
                    if (await FindThereAsync(open, piece, cancellationToken).ConfigureAwait(false) is { Count: > 0 } there)
                    {
                        count += await ReplayAsync(open, there, count, cancellationToken).ConfigureAwait(false);
                    }
                }

                return count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ReplayAsync(
        IConnection open, IReadOnlyList<long> ids, int before, CancellationToken cancellationToken)
    {
        var token = NewToken();
        var claimed = await ClaimAsync(open, token, ids, cancellationToken).ConfigureAwait(false);
        if (claimed.Count == 0)
        {
            return 0;
        }

        var parcels = new Dictionary<long, Parcel>();
        var gone = new HashSet<long>();
        Exception? trouble = null;
        try
        {
            var records = await ReadAsync(open, claimed, cancellationToken).ConfigureAwait(false);
            gone.UnionWith(claimed.Where(id => !records.ContainsKey(id)));
            foreach (var (id, record) in records)
            {
                parcels[id] = await WriteAsync(open, id, record, cancellationToken).ConfigureAwait(false);
            }

            await publisher.PublishAsync([.. parcels.Values], cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            trouble = exception;
        }

        var sent = parcels.Where(item => item.Value.Confirmed.IsCompletedSuccessfully).Select(item => item.Key).ToList();
        gone.UnionWith(sent);
        try
        {
            await NoteAsync(open, token, claimed, gone).ConfigureAwait(false);
        }
        catch (Exception exception) when (sent.Count > 0)
        {
            throw new EventTransportException(
                $"{ErrorIds.NotReplayed} {before + sent.Count} dead letters went back, and of the last {sent.Count}, "
                + $"from {sent[0]} on, that could not be noted: they may still be listed, and come twice when they are "
                + $"replayed again. Look whether their events arrived, and discard them. {exception.Message}",
                exception);
        }

        if (gone.Count == claimed.Count)
        {
            return sent.Count;
        }

        throw trouble is OperationCanceledException
            ? trouble
            : new EventTransportException(
                $"{ErrorIds.NotReplayed} Dead letter {claimed.First(id => !gone.Contains(id))} and perhaps more stay where they are; "
                + $"{before + sent.Count} went back. If the queue of their group is gone (the group was renamed, changed its "
                + "ordering, or was one process's for broadcast), start the group as it was, or discard them. "
                + trouble?.Message,
                trouble);
    }

    private async Task<IReadOnlyList<long>> ClaimAsync(
        IConnection open, string token, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        try
        {
            return await ActAsync(open, LetterAct.Claim, token, ids, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It may have been written all the same.
            await ReleaseAsync(token, ids).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Parcel> WriteAsync(IConnection open, long id, StreamRecord record, CancellationToken cancellationToken)
    {
        if (_ledger.EditOf(id) is not { } edit)
        {
            return _text.WriteReplay(record, null, default);
        }

        // Never what was published in the place of what somebody has made of it.
        var changed = await ReadAsync(open, edit.Offset + 1, cancellationToken).ConfigureAwait(false)
            ?? throw new EventTransportException($"{ErrorIds.Missing} RabbitMQ has dropped the edit of dead letter {id}. Edit it again.");
        return _text.WriteReplay(record, edit, changed.Body);
    }

    // Also for whoever no longer waits: what went back is not to come again, and what did not is not to stay claimed.
    private async Task NoteAsync(IConnection open, string token, IReadOnlyList<long> claimed, HashSet<long> gone)
    {
        try
        {
            if (gone.Count > 0)
            {
                await ActAsync(open, LetterAct.Gone, NewToken(), [.. gone], CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            if (gone.Count < claimed.Count)
            {
                await ReleaseAsync(token, [.. claimed.Where(id => !gone.Contains(id))]).ConfigureAwait(false);
            }
        }
    }

    // By the token of the claim: one that another process holds by now is not touched.
    private async Task ReleaseAsync(string token, IReadOnlyList<long> ids)
    {
        try
        {
            await SayAsync(LetterAct.Release, token, ids, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The claim ends by itself, and what went wrong first is what the caller has to know.
        }
    }
}
