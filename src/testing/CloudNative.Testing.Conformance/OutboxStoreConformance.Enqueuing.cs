using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class OutboxStoreConformance
{
    /// <summary>It serves transactions on its own database.</summary>
    [Fact]
    public async Task Serves_OwnDatabase_True()
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        Assert.True(Subject.First.Serves(transaction));
        Assert.True(Subject.Second.Serves(transaction));
    }

    /// <summary>It does not serve transactions on another database of the same kind.</summary>
    [Fact]
    public async Task Serves_OtherDatabase_False()
    {
        await using var connection = await Subject.ConnectElsewhereAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        Assert.False(Subject.First.Serves(transaction));
    }

    /// <summary>Preparing again, here or in another process, keeps what is there.</summary>
    [Fact]
    public async Task Prepare_Again_KeepsWhatIsThere()
    {
        await EnqueueAsync(1, 2);
        await Subject.First.PrepareAsync(Cancelled);
        await Subject.Second.PrepareAsync(Cancelled);
        Assert.Equal(2, (await Subject.First.GetBacklogAsync(Cancelled)).Waiting);
    }

    /// <summary>What was rolled back is published by nobody.</summary>
    [Fact]
    public async Task Enqueue_RolledBack_IsNeverMoved()
    {
        await EnqueueAsync(1, 3, commit: false);
        var transport = new Transport();
        Assert.Equal(0, await DrainAsync(transport));
        Assert.Empty(transport.Stored);
    }

    /// <summary>What is not committed yet is published by nobody; it is once it is committed.</summary>
    [Fact]
    public async Task Enqueue_NotCommittedYet_IsNotMoved()
    {
        var transport = new Transport();
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await Subject.First.EnqueueAsync(transaction, Event(1), Cancelled);
        Assert.Equal(0, await DrainAsync(transport));
        Assert.Empty(transport.Stored);
        await transaction.CommitAsync(Cancelled);
        Assert.Equal(1, await DrainAsync(transport));
        Assert.Equal(["1"], transport.Ids);
    }

    /// <summary>What was committed is moved once.</summary>
    [Fact]
    public async Task Enqueue_Committed_IsMovedOnce()
    {
        await EnqueueAsync(1, 1);
        var transport = new Transport();
        Assert.Equal(1, await DrainAsync(transport));
        Assert.Equal(0, await DrainAsync(transport));
        Assert.Equal(0, await DrainAsync(transport, Subject.Second));
        Assert.Equal(["1"], transport.Ids);
    }

    /// <summary>All attributes travel, the context of the trace among them.</summary>
    [Fact]
    public async Task Enqueue_AllAttributes_TravelUnchanged()
    {
        var envelope = new EventEnvelope
        {
            Id = "ä-1",
            Source = "/services/orders",
            Type = "orders.placed.v2",
            Subject = "order 7 🛒",
            Time = new DateTimeOffset(2026, 3, 29, 2, 30, 0, 123, TimeSpan.FromHours(2)).AddTicks(4567),
            DataContentType = "application/octet-stream",
            DataSchema = "https://schemas.example/orders",
            Key = "customer'7",
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            TraceState = "congo=t61rcWkgMzE",
            Extensions = new Dictionary<string, object> { ["text"] = "\"quoted\"", ["truth"] = true, ["number"] = int.MinValue },
            Data = new byte[] { 0, 255, 10, 13, 128 },
        };
        var moved = await MoveOneAsync(new OutgoingEvent("orders.eu:1", envelope, TimeSpan.FromMilliseconds(1_500)));
        Assert.Equal(("orders.eu:1", TimeSpan.FromMilliseconds(1_500)), (moved.Topic, moved.Delay));
        Assert.Equal(Attributes(envelope), Attributes(moved.Event));
        Assert.Equal(envelope.Extensions.OrderBy(pair => pair.Key), moved.Event.Extensions!.OrderBy(pair => pair.Key));
        Assert.Equal(envelope.Data.ToArray(), moved.Event.Data.ToArray());
        Assert.Equal(envelope.Time!.Value.Offset, moved.Event.Time!.Value.Offset);
    }

    /// <summary>Attributes that were left out stay so.</summary>
    [Fact]
    public async Task Enqueue_FewestAttributes_NothingIsMadeUp()
    {
        var envelope = new EventEnvelope { Id = "1", Source = "/s", Type = "t" };
        var moved = await MoveOneAsync(new OutgoingEvent("orders", envelope));
        Assert.Equal(TimeSpan.Zero, moved.Delay);
        Assert.Equal(Attributes(envelope), Attributes(moved.Event));
        Assert.True(moved.Event.Extensions is null or { Count: 0 });
        Assert.True(moved.Event.Data.IsEmpty);
    }

    /// <summary>The backlog counts what is committed, and says how old it is.</summary>
    [Fact]
    public async Task Backlog_AsEventsComeAndGo_Follows()
    {
        var empty = await Subject.First.GetBacklogAsync(Cancelled);
        Assert.Equal((0L, null, 0L), (empty.Waiting, empty.Oldest, empty.SetAside));
        await EnqueueAsync(1, 3);
        await EnqueueAsync(4, 2, commit: false);
        var full = await Subject.Second.GetBacklogAsync(Cancelled);
        Assert.Equal(3, full.Waiting);
        Assert.NotNull(full.Oldest);
        Assert.True(full.Version > empty.Version);
        await DrainAsync(new Transport());
        var drained = await Subject.First.GetBacklogAsync(Cancelled);
        Assert.Equal((0L, null, 0L, full.Version), (drained.Waiting, drained.Oldest, drained.SetAside, drained.Version));
    }

    private static object?[] Attributes(EventEnvelope envelope) =>
    [
        envelope.Id, envelope.Source, envelope.Type, envelope.Subject, envelope.Time, envelope.DataContentType, envelope.DataSchema,
        envelope.Key, envelope.TraceParent, envelope.TraceState,
    ];

    private async Task<OutgoingEvent> MoveOneAsync(OutgoingEvent outgoing)
    {
        await using var connection = await Subject.ConnectAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await Subject.First.EnqueueAsync(transaction, outgoing, Cancelled);
        await transaction.CommitAsync(Cancelled);
        var transport = new Transport();
        await DrainAsync(transport, Subject.Second);
        return Assert.Single(transport.Stored);
    }
}
