namespace CloudNative.Testing.Conformance;

public abstract partial class OutboxStoreConformance
{
    /// <summary>While there is something to drain, nobody waits.</summary>
    [Fact]
    public async Task Wait_EventsAreThere_CompletesAtOnce()
    {
        await EnqueueAsync(1, 1);
        await WaitAsync(Subject.First.WaitAsync(Cancelled));
        await WaitAsync(Subject.First.WaitAsync(Cancelled));
        await WaitAsync(Subject.Second.WaitAsync(Cancelled));
    }

    /// <summary>A commit of this process ends the wait.</summary>
    [Fact]
    public async Task Wait_CommitHere_Completes()
    {
        var waiting = Subject.First.WaitAsync(Cancelled).AsTask();
        await EnqueueAsync(1, 1);
        await WaitAsync(new ValueTask(waiting));
    }

    /// <summary>A commit of another process, which perhaps relays nothing itself, ends the wait.</summary>
    [Fact]
    public async Task Wait_CommitElsewhere_Completes()
    {
        var waiting = Subject.Second.WaitAsync(Cancelled).AsTask();
        await EnqueueAsync(1, 1, store: Subject.First);
        await WaitAsync(new ValueTask(waiting));
    }

    /// <summary>A transaction that is rolled back ends no wait.</summary>
    [Fact]
    public async Task Wait_RolledBack_GoesOn()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var waiting = Subject.First.WaitAsync(over.Token).AsTask();
        await EnqueueAsync(1, 1, commit: false);
        await Subject.First.GetBacklogAsync(Cancelled);
        Assert.False(waiting.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TimeProvider.System, Cancelled));
    }

    private Task WaitAsync(ValueTask waiting) => waiting.AsTask().WaitAsync(Patience, TimeProvider.System, Cancelled);
}
