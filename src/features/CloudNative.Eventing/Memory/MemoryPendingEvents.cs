namespace CloudNative.Eventing.Memory;

/// <summary>Counts what the transport in memory has under way.</summary>
internal sealed class MemoryPendingEvents(MemoryStore store) : IPendingEvents
{
    public string Name => MemoryTransport.Name;

    public ValueTask<PendingEvents> CountAsync(CancellationToken cancellationToken) => new(store.Count());

    public async ValueTask WhenNoneReadyAsync(CancellationToken cancellationToken) =>
        await store.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<ScheduledEvent>> ListScheduledAsync(CancellationToken cancellationToken) =>
        new(store.ListScheduled());
}
