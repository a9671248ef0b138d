using System.Data.Common;
using CloudNative.TestSupport.Transactions;

namespace CloudNative.Eventing.Tests.Outbox;

/// <summary>An outbox in memory whose every step the test sees.</summary>
internal sealed class ListOutbox(TimeProvider time) : IOutboxStore
{
    private readonly Lock _lock = new();
    private readonly List<(OutgoingEvent Outgoing, DateTimeOffset Since)> _rows = [];
    private TaskCompletionSource _changed = NewSignal();
    private long _version;
    private long _aside;

    public string Name => "orders.db";

    public int Prepared { get; private set; }

    public Exception? FailsToPrepare { get; set; }

    /// <summary>Whether commits end a wait, as they do where the database can tell.</summary>
    public bool Pushes { get; set; } = true;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    public void Add(params IEnumerable<OutgoingEvent> events)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            foreach (var outgoing in events)
            {
                _rows.Add((outgoing, time.GetUtcNow()));
                _version++;
            }

            (changed, _changed) = (_changed, NewSignal());
        }

        if (Pushes)
        {
            changed.TrySetResult();
        }
    }

    public bool Serves(DbTransaction transaction) => (transaction as ModelTransaction)?.Model == this;

    public ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        Prepared++;
        return FailsToPrepare is { } failure ? throw failure : ValueTask.CompletedTask;
    }

    public ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken)
    {
        ((ModelTransaction)transaction).AtEnd(committed =>
        {
            if (committed)
            {
                Add(outgoing);
            }
        });
        return ValueTask.CompletedTask;
    }

    public async ValueTask<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        for (var left = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<OutgoingEvent> batch;
            lock (_lock)
            {
                batch = [.. _rows.Take(10).Select(row => row.Outgoing)];
            }

            if (batch.Count == 0)
            {
                return left;
            }

            var rejected = await relay(batch, cancellationToken);
            lock (_lock)
            {
                _rows.RemoveRange(0, batch.Count);
                _aside += rejected.Count;
            }

            left += batch.Count;
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_rows.Count > 0 && Pushes)
            {
                return;
            }

            changed = _changed.Task;
        }

        await changed.WaitAsync(cancellationToken);
    }

    public ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(new OutboxBacklog(_rows.Count, _rows.Count == 0 ? null : _rows[0].Since, _aside, _version));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
