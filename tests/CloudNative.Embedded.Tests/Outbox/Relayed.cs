using System.Collections.Concurrent;
using System.Globalization;
using CloudNative.Eventing;
using Microsoft.Data.Sqlite;

namespace CloudNative.Embedded.Tests.Outbox;

/// <summary>What came out of an outbox, and how to put something in.</summary>
internal sealed class Relayed
{
    private readonly ConcurrentQueue<OutgoingEvent> _events = new();

    public IEnumerable<string> Ids => _events.Select(outgoing => outgoing.Event.Id);

    public ConcurrentQueue<long> BatchBytes { get; } = new();

    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public async ValueTask<IReadOnlyList<OutboxRejection>> AppendAsync(
        IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        await Before();
        BatchBytes.Enqueue(batch.Sum(outgoing => (long)outgoing.Event.Data.Length));
        foreach (var outgoing in batch)
        {
            _events.Enqueue(outgoing);
        }

        return [];
    }

    public static async Task EnqueueAsync(IOutboxStore store, SqliteTransaction transaction, int from, int count, int bytes = 2)
    {
        foreach (var number in Enumerable.Range(from, count))
        {
            var envelope = new EventEnvelope
            {
                Id = number.ToString(CultureInfo.InvariantCulture),
                Source = "/services/orders",
                Type = "orders.placed.v1",
                Data = new byte[bytes],
            };
            await store.EnqueueAsync(transaction, new OutgoingEvent("orders", envelope), TestContext.Current.CancellationToken);
        }
    }
}
