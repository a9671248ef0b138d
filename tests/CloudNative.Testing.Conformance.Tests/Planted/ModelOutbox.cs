using System.Data.Common;
using CloudNative.Eventing;
using CloudNative.TestSupport.Transactions;

namespace CloudNative.Testing.Conformance.Tests.Planted;

/// <summary>An outbox in memory that is right, with one bug at a time to switch on.</summary>
internal sealed class ModelOutbox : OutboxSubject
{
    private readonly OutboxBug _bug;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Row> _rows = [];
    private TaskCompletionSource _changed;
    private long _version;
    private long _aside;
    private bool _locked;

    public ModelOutbox(OutboxBug bug)
    {
        _bug = bug;
        _changed = NewSignal();
        First = new Side(this, isFirst: true);
        Second = new Side(this, isFirst: false);
    }

    public override IOutboxStore First { get; }

    public override IOutboxStore Second { get; }

    public override ValueTask<DbConnection> ConnectAsync(CancellationToken cancellationToken) => new(new ModelConnection(this));

    public override ValueTask<DbConnection> ConnectElsewhereAsync(CancellationToken cancellationToken) =>
        new(new ModelConnection(new object()));

    public override ValueTask SpoilOldestAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _rows[0] = _rows[0] with { IsReadable = false };
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    // A wrong wake is to be over when the test looks.
    private TaskCompletionSource NewSignal() => _bug == OutboxBug.WakesForRollbacks
        ? new TaskCompletionSource()
        : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Commit(OutgoingEvent outgoing, bool committed, bool open = false)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (_locked)
            {
                throw new InvalidOperationException("The database is locked.");
            }

            changed = _changed;
            if (committed || _bug == OutboxBug.WakesForRollbacks)
            {
                _changed = NewSignal();
            }

            if (committed || _bug == OutboxBug.PublishesRolledBack)
            {
                _rows.Add(new Row(outgoing));
                _version += _bug == OutboxBug.NeverGrows ? 0 : 1;
            }
        }

        if ((committed || _bug == OutboxBug.WakesForRollbacks) && !open)
        {
            changed.TrySetResult();
        }
    }

    private async Task<int> DrainAsync(
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        var exclusive = _bug != OutboxBug.DrainsTwiceAtATime;
        if (exclusive)
        {
            await _turn.WaitAsync(cancellationToken);
        }

        try
        {
            for (var left = 0; ;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var batch = Read();
                if (batch.Count == 0)
                {
                    return left;
                }

                left += await MoveAsync(batch, relay, cancellationToken);
            }
        }
        finally
        {
            _locked = false;
            if (exclusive)
            {
                _turn.Release();
            }
        }
    }

    private List<Row> Read()
    {
        lock (_lock)
        {
            List<Row> batch = [.. _rows.Take(_bug == OutboxBug.ReadsAllAtOnce ? int.MaxValue : 256)];
            if (_bug == OutboxBug.Reorders)
            {
                batch.Reverse();
            }

            return batch;
        }
    }

    private async Task<int> MoveAsync(
        List<Row> batch,
        Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
        CancellationToken cancellationToken)
    {
        var readable = batch.Where(row => row.IsReadable).ToList();
        if (_bug == OutboxBug.StopsAtUnreadable && readable.Count < batch.Count)
        {
            throw new EventTransportException("a row cannot be read");
        }

        if (_bug == OutboxBug.RemovesBeforeRelaying)
        {
            Remove(batch);
        }

        _locked = _bug == OutboxBug.HoldsTransactionWhileRelaying;
        var rejected = readable.Count == 0 ? [] : await relay([.. readable.Select(row => row.Outgoing)], cancellationToken);
        _locked = false;
        if (_bug != OutboxBug.NeverRemoves)
        {
            Remove(batch);
        }
        else if (!cancellationToken.IsCancellationRequested)
        {
            throw new EventTransportException("the rows cannot be removed");
        }

        _aside += batch.Count - readable.Count + (_bug == OutboxBug.ForgetsRejected ? 0 : rejected.Count);
        return batch.Count;
    }

    private void Remove(List<Row> batch)
    {
        lock (_lock)
        {
            _rows.RemoveAll(row => batch.Exists(moved => ReferenceEquals(moved, row)));
        }
    }

    private async Task WaitAsync(bool isFirst, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_rows.Count > 0 && (isFirst || _bug != OutboxBug.WakesForNobodyElse))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
            if (_bug == OutboxBug.WakesForRollbacks)
            {
                return;
            }
        }
    }

    private OutboxBacklog Measure()
    {
        lock (_lock)
        {
            return new OutboxBacklog(_rows.Count, _rows.Count == 0 ? null : DateTimeOffset.UnixEpoch, _aside, _version);
        }
    }

    private OutgoingEvent Kept(OutgoingEvent outgoing) => _bug != OutboxBug.LosesTraceContext ? outgoing : outgoing with
    {
        Event = new EventEnvelope { Id = outgoing.Event.Id, Source = outgoing.Event.Source, Type = outgoing.Event.Type },
    };

    private sealed record Row(OutgoingEvent Outgoing, bool IsReadable = true);

    private sealed class Side(ModelOutbox outbox, bool isFirst) : IOutboxStore
    {
        public string Name => "model";

        public bool Serves(DbTransaction transaction) =>
            outbox._bug == OutboxBug.ServesAnything || ReferenceEquals(((ModelTransaction)transaction).Model, outbox);

        public ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask EnqueueAsync(DbTransaction transaction, OutgoingEvent outgoing, CancellationToken cancellationToken)
        {
            if (outbox._bug == OutboxBug.SeesOpenTransactions)
            {
                outbox.Commit(outbox.Kept(outgoing), committed: true, open: true);
            }
            else
            {
                ((ModelTransaction)transaction).AtEnd(committed => outbox.Commit(outbox.Kept(outgoing), committed));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<int> DrainAsync(
            Func<IReadOnlyList<OutgoingEvent>, CancellationToken, ValueTask<IReadOnlyList<OutboxRejection>>> relay,
            CancellationToken cancellationToken) => new(outbox.DrainAsync(relay, cancellationToken));

        public ValueTask WaitAsync(CancellationToken cancellationToken) => new(outbox.WaitAsync(isFirst, cancellationToken));

        public ValueTask<OutboxBacklog> GetBacklogAsync(CancellationToken cancellationToken) => new(outbox.Measure());
    }
}
