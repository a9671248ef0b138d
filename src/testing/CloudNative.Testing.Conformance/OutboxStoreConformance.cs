using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text;
using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What every outbox must do: nothing that was rolled back, all that was committed, in order, and never a transaction open while the
/// transport works. Derive a test class from it and run it with xunit v3. Each test gets a subject of its own.
/// </summary>
public abstract partial class OutboxStoreConformance : IAsyncLifetime
{
    /// <summary>The most events that a batch may hold.</summary>
    private const int MostInABatch = 256;

    /// <summary>How long a test waits for what comes in the background. Default 30 s.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>The subject of the running test.</summary>
    protected OutboxSubject Subject { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes an empty database.</summary>
    /// <returns>The subject; the suite disposes it.</returns>
    protected abstract ValueTask<OutboxSubject> CreateAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Subject = await CreateAsync();
        await Subject.First.PrepareAsync(Cancelled);
        await Subject.Second.PrepareAsync(Cancelled);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static OutgoingEvent Event(int number, int bytes = 0) => new("orders", new EventEnvelope
    {
        Id = number.ToString(CultureInfo.InvariantCulture),
        Source = "/services/orders",
        Type = "orders.placed.v1",
        Data = Encoding.UTF8.GetBytes("{}".PadRight(Math.Max(2, bytes))),
    });

    private static IEnumerable<string> Numbers(int from, int count) =>
        Enumerable.Range(from, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Enqueues events in one transaction and ends it.</summary>
    private async Task EnqueueAsync(int from, int count, bool commit = true, IOutboxStore? store = null)
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        for (var number = from; number < from + count; number++)
        {
            await (store ?? Subject.First).EnqueueAsync(transaction, Event(number), Cancelled);
        }

        await EndAsync(transaction, commit);
    }

    private static Task EndAsync(DbTransaction transaction, bool commit) =>
        commit ? transaction.CommitAsync(Cancelled) : transaction.RollbackAsync(Cancelled);

    private Task<int> DrainAsync(Transport transport, IOutboxStore? store = null) =>
        (store ?? Subject.First).DrainAsync(transport.AppendAsync, Cancelled).AsTask().WaitAsync(Patience, TimeProvider.System, Cancelled);

    /// <summary>Takes what is relayed to it, and does what a test scripts.</summary>
    private sealed class Transport
    {
        private readonly ConcurrentQueue<OutgoingEvent> _stored = new();

        public ConcurrentQueue<int> Batches { get; } = new();

        /// <summary>Called with the number of the batch, from 1, before it is stored.</summary>
        public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

        /// <summary>Called with the number of the batch, from 1, when it is stored.</summary>
        public Func<int, Task> After { get; set; } = _ => Task.CompletedTask;

        /// <summary>Says of an event why it can never be stored.</summary>
        public Func<OutgoingEvent, string?> Refuses { get; set; } = _ => null;

        public IReadOnlyList<OutgoingEvent> Stored => [.. _stored];

        public IEnumerable<string> Ids => _stored.Select(stored => stored.Event.Id);

        public async ValueTask<IReadOnlyList<OutboxRejection>> AppendAsync(
            IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
        {
            Batches.Enqueue(batch.Count);
            var number = Batches.Count;
            await Before(number);
            var rejections = new List<OutboxRejection>();
            for (var index = 0; index < batch.Count; index++)
            {
                if (Refuses(batch[index]) is { } reason)
                {
                    rejections.Add(new OutboxRejection(index, reason));
                }
                else
                {
                    _stored.Enqueue(batch[index]);
                }
            }

            await After(number);
            return rejections;
        }
    }
}
