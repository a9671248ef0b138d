using CloudNative.Eventing;
using CloudNative.RabbitMq.Connecting;
using CloudNative.RabbitMq.Publishing;
using CloudNative.RabbitMq.Topology;
using RabbitMQ.Client;

namespace CloudNative.RabbitMq.DeadLetters;

/// <summary>
/// Dead letters in a stream, their numbers being their places in it. What somebody does with them is an entry behind
/// them in the same stream; what is there, edited or gone is what the entries come to (<see cref="LetterLedger"/>). The
/// stream is read from its beginning when dead letters are first asked for, and from there on only what is new.
/// </summary>
internal sealed partial class RabbitMqDeadLetters(
    BrokerContext context, BrokerConnection connection, TopologyDesk topology, ConfirmedPublisher publisher) : IDisposable
{
    private readonly LetterLedger _ledger = new();
    private readonly LetterText _text = new(context);
    private readonly SemaphoreSlim _turn = new(1);
    private bool _hasBegun;

    public void Dispose() => _turn.Dispose();

    public async ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, 1_000, nameof(query));
        if (query.IsWaiting == true)
        {
            return []; // Nothing waits behind a dead letter here.
        }

        return await AskAsync(
            async open =>
            {
                var end = await CatchUpAsync(open, cancellationToken).ConfigureAwait(false);
                var found = await ScanAsync(open, query, end, cancellationToken).ConfigureAwait(false);
                RequireKnown(end);
                var letters = new List<DeadLetter>(found.Count);
                foreach (var record in found)
                {
                    letters.Add(await CompleteAsync(open, record, cancellationToken).ConfigureAwait(false));
                }

                return letters;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) => await AskAsync(
        async open =>
        {
            RequireKnown(await CatchUpAsync(open, cancellationToken).ConfigureAwait(false));
            return _ledger.IsThere(id) && await ReadAsync(open, id, cancellationToken).ConfigureAwait(false) is { } record
                ? await CompleteAsync(open, record, cancellationToken).ConfigureAwait(false)
                : null;
        },
        cancellationToken).ConfigureAwait(false);

    private async Task<List<StreamRecord>> ScanAsync(
        IConnection open, DeadLetterQuery query, long end, CancellationToken cancellationToken)
    {
        var found = new List<StreamRecord>();
        var from = Math.Max(query.After, _ledger.Floor);
        if (from > end)
        {
            return found;
        }

        var reading = await StreamReading.OpenAsync(open, context, from, withBodies: true, cancellationToken).ConfigureAwait(false);
        await using (reading.ConfigureAwait(false))
        {
            var record = await reading.NextAsync(cancellationToken).ConfigureAwait(false);
            _ledger.Drop(record.Offset, from);
            while (true)
            {
                if (record.Offset >= from && record.Offset <= end && Matches(record, query))
                {
                    found.Add(record);
                }

                if (record.Offset >= end || found.Count == query.Limit)
                {
                    return found;
                }

                record = await reading.NextAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool Matches(StreamRecord record, DeadLetterQuery query) =>
        LetterEntry.LetterOf(record.Properties) is var (topic, group)
        && (query.Topic is null || query.Topic == topic)
        && (query.Group is null || query.Group == group)
        && _ledger.IsThere(record.Offset + 1)
        && (query.Key is null || query.Key == _text.ReadEvent(record)?.Key);

    // With what somebody has changed, and what it was before.
    private async Task<DeadLetter> CompleteAsync(IConnection open, StreamRecord record, CancellationToken cancellationToken)
    {
        var letter = _text.Read(record);
        var (edit, mark) = (_ledger.EditOf(letter.Id), EditMark.Of(record.Properties));
        if (edit is null && mark is null)
        {
            return letter;
        }

        var original = letter.Raw;
        if (mark is not null)
        {
            // When its time is over, nobody knows any more; nor when the stream was made anew, or somebody made the number up.
            original = mark.Letter >= 1
                && mark.Letter <= record.Offset
                && await ReadAsync(open, mark.Letter, cancellationToken).ConfigureAwait(false) is { } root
                && LetterEntry.LetterOf(root.Properties) is not null
                    ? _text.Read(root).Raw
                    : default;
        }

        if (edit is not null && await ReadAsync(open, edit.Offset + 1, cancellationToken).ConfigureAwait(false) is { } changed)
        {
            letter = letter with { Raw = changed.Body, Event = letter.Event?.WithData(changed.Body) };
        }

        return letter with
        {
            Edit = new DeadLetterEdit
            {
                Original = original,
                By = edit?.By ?? mark!.By,
                At = edit?.At ?? mark!.At,
            },
        };
    }
}
