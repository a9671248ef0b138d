using System.Collections.Concurrent;
using System.Threading.Channels;
using CloudNative.Eventing;

namespace CloudNative.Sdk.Tests.Management;

/// <summary>A transport that keeps dead letters and refuses everything else.</summary>
internal sealed class FakeDeadLetters : IEventTransport, IDeadLetterStore
{
    private readonly ConcurrentDictionary<long, DeadLetter> _letters = new();
    private readonly Channel<bool> _refused = Channel.CreateUnbounded<bool>();

    public string? Outage { get; set; }

    public ConcurrentQueue<long> Replayed { get; } = [];

    public int Count => _letters.Count;

    public TransportCapabilities Capabilities => TransportCapabilities.DeadLetters;

    public int MaxEventSize => 1024;

    public void Add(long id, byte[] raw, string group = "billing", EventEnvelope? value = null)
    {
        var failure = new DeliveryFailure(DeadLetterReason.HandlerFailed, "no <money>", DateTimeOffset.UnixEpoch, 3);
        _letters[id] = new()
        {
            Id = id,
            Topic = "orders",
            Group = group,
            Event = value,
            Raw = raw,
            Position = id * 10,
            Failure = failure,
            History = [failure with { Attempt = 1 }, failure],
        };
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken)
    {
        if (Outage is { } outage)
        {
            throw new EventTransportException(outage);
        }

        return ValueTask.FromResult<IReadOnlyList<DeadLetter>>(
        [
            .. _letters.Values
                .Where(letter => letter.Id > query.After
                    && (query.Topic ?? letter.Topic) == letter.Topic && (query.Group ?? letter.Group) == letter.Group)
                .OrderBy(letter => letter.Id)
                .Take(query.Limit),
        ]);
    }

    public ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_letters.GetValueOrDefault(id));

    public ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var id in ids.Where(id => _letters.TryRemove(id, out _)))
        {
            Replayed.Enqueue(id);
            count++;
        }

        return ValueTask.FromResult(count);
    }

    public ValueTask<bool> EditAsync(long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken)
    {
        if (!_letters.TryGetValue(id, out var letter))
        {
            return ValueTask.FromResult(false);
        }

        _letters[id] = letter with
        {
            Raw = data,
            Edit = new DeadLetterEdit
            {
                Original = letter.Edit?.Original ?? letter.Raw,
                By = by,
                At = DateTimeOffset.UnixEpoch,
            },
        };
        return ValueTask.FromResult(true);
    }

    public ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ids.Count(id => _letters.TryRemove(id, out _)));

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        _refused.Writer.TryWrite(true);
        throw new EventTransportException(Outage ?? "It stores no events.");
    }

    public ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken) =>
        throw new EventTransportException(Outage ?? "It delivers no events.");

    /// <summary>Waits until that many more batches were refused.</summary>
    public async Task RefusedAsync(int count, CancellationToken cancellationToken)
    {
        for (; count > 0; count--)
        {
            await _refused.Reader.ReadAsync(cancellationToken);
        }
    }
}
