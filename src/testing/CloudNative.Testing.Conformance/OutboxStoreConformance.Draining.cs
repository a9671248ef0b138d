using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class OutboxStoreConformance
{
    /// <summary>Events leave in the order in which they were enqueued, within a transaction and from one to the next.</summary>
    [Fact]
    public async Task Drain_SeveralTransactions_KeepsTheOrder()
    {
        await EnqueueAsync(1, 5);
        await EnqueueAsync(6, 1, store: Subject.Second);
        await EnqueueAsync(7, 4);
        var transport = new Transport();
        Assert.Equal(10, await DrainAsync(transport));
        Assert.Equal(Numbers(1, 10), transport.Ids);
    }

    /// <summary>Many events leave in batches of a size that is bounded.</summary>
    [Fact]
    public async Task Drain_ManyEvents_InBoundedBatches()
    {
        await EnqueueAsync(1, 700);
        var transport = new Transport();
        Assert.Equal(700, await DrainAsync(transport));
        Assert.All(transport.Batches, batch => Assert.InRange(batch, 1, MostInABatch));
        Assert.Equal(Numbers(1, 700), transport.Ids);
    }

    /// <summary>What the transport could not take stays, and goes first the next time.</summary>
    [Fact]
    public async Task Drain_TransportFails_KeepsEventsInOrder()
    {
        await EnqueueAsync(1, 3);
        var transport = new Transport { Before = _ => throw new EventTransportException("down") };
        await Assert.ThrowsAsync<EventTransportException>(() => DrainAsync(transport));
        await EnqueueAsync(4, 1);
        transport.Before = _ => Task.CompletedTask;
        Assert.Equal(4, await DrainAsync(transport));
        Assert.Equal(Numbers(1, 4), transport.Ids);
    }

    /// <summary>
    /// A process that ends when the transport has the events and the outbox does not know yet moves them again: with the same source
    /// and id, by which the transport knows them.
    /// </summary>
    [Fact]
    public async Task Drain_EndsBetweenAppendAndRemoval_MovesTheSameAgain()
    {
        await EnqueueAsync(1, 2);
        var transport = new Transport { After = _ => throw new EventTransportException("the answer was lost") };
        await Assert.ThrowsAsync<EventTransportException>(() => DrainAsync(transport));
        transport.After = _ => Task.CompletedTask;
        Assert.Equal(2, await DrainAsync(transport, Subject.Second));
        Assert.Equal(["1", "2", "1", "2"], transport.Ids);
        Assert.Single(transport.Stored.Select(stored => stored.Event.Source).Distinct());
    }

    /// <summary>The service writes while the transport works: no transaction is held meanwhile.</summary>
    [Fact]
    public async Task Drain_WhileTheTransportWorks_OthersWrite()
    {
        await EnqueueAsync(1, 1);
        var transport = new Transport
        {
            Before = batch => batch == 1
                ? Task.Run(() => EnqueueAsync(2, 2), Cancelled).WaitAsync(Patience, TimeProvider.System, Cancelled)
                : Task.CompletedTask,
        };
        Assert.Equal(3, await DrainAsync(transport));
        Assert.Equal(Numbers(1, 3), transport.Ids);
    }

    /// <summary>Two processes that drain at the same time move each event once, in order.</summary>
    [Fact]
    public async Task Drain_TwoProcesses_MoveEachEventOnceInOrder()
    {
        await EnqueueAsync(1, 600);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var transport = new Transport
        {
            Before = _ =>
            {
                entered.TrySetResult();
                return go.Task;
            },
        };
        var first = DrainAsync(transport);
        await entered.Task.WaitAsync(Patience, TimeProvider.System, Cancelled);
        var second = DrainAsync(transport, Subject.Second);
        // The second gets every chance to move what the first is just moving.
        await Subject.Second.GetBacklogAsync(Cancelled);
        await Subject.Second.GetBacklogAsync(Cancelled);
        go.SetResult();
        Assert.Equal(600, await first + await second);
        Assert.Equal(Numbers(1, 600), transport.Ids);
    }

    /// <summary>An event that no transport takes is set aside, and the others are moved.</summary>
    [Fact]
    public async Task Drain_EventRefusedForGood_IsSetAside()
    {
        await EnqueueAsync(1, 5);
        var transport = new Transport { Refuses = outgoing => outgoing.Event.Id is "2" or "4" ? "too large" : null };
        Assert.Equal(5, await DrainAsync(transport));
        Assert.Equal(["1", "3", "5"], transport.Ids);
        var backlog = await Subject.First.GetBacklogAsync(Cancelled);
        Assert.Equal((0L, 2L), (backlog.Waiting, backlog.SetAside));
    }

    /// <summary>A row that cannot be read is set aside, and those behind it are moved.</summary>
    [Fact]
    public async Task Drain_UnreadableRow_HoldsUpNobody()
    {
        await EnqueueAsync(1, 3);
        await Subject.SpoilOldestAsync(Cancelled);
        var transport = new Transport();
        Assert.Equal(3, await DrainAsync(transport));
        Assert.Equal(["2", "3"], transport.Ids);
        Assert.Equal(1, (await Subject.Second.GetBacklogAsync(Cancelled)).SetAside);
    }

    /// <summary>A drain that is cancelled ends between two batches, and loses nothing.</summary>
    [Fact]
    public async Task Drain_Cancelled_LosesNothing()
    {
        await EnqueueAsync(1, 600);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var transport = new Transport { After = _ => over.CancelAsync() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Subject.First.DrainAsync(transport.AppendAsync, over.Token));
        transport.After = _ => Task.CompletedTask;
        await DrainAsync(transport);
        Assert.Equal(Numbers(1, 600), transport.Ids);
    }
}
