using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Memory;

/// <summary>A member of a group. What changes here is guarded by the topic's lock.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "The source has no timer; its token must work after the subscription has ended.")]
internal sealed class MemoryMember : IEventSubscription
{
    private readonly MemoryDelivery?[] _slots;
    private readonly int[] _free;
    private int _freeCount;
    private CancellationTokenSource _lost = new();

    public MemoryMember(MemoryTransport process, MemoryGroup group, SubscriptionSpec spec, IDeliverySink sink)
    {
        Process = process;
        Group = group;
        Spec = spec;
        Sink = sink;
        _slots = new MemoryDelivery[spec.MaxInFlight];
        _free = new int[spec.MaxInFlight];
        for (var slot = 0; slot < _free.Length; slot++)
        {
            _free[slot] = _free.Length - 1 - slot;
        }

        _freeCount = _free.Length;
    }

    public SubscriptionSpec Spec { get; }

    public MemoryTransport Process { get; }

    public MemoryGroup Group { get; }

    public IDeliverySink Sink { get; }

    /// <summary>Takes nothing any more.</summary>
    public bool Stopped { get; set; }

    public bool CanTake => _freeCount > 0 && !Stopped && !Process.Suspended;

    /// <summary>What it has on loan.</summary>
    public IEnumerable<MemoryDelivery> InFlight => _slots.OfType<MemoryDelivery>();

    public MemoryDelivery Lend(in MemoryEntry entry, long position, bool holdsKey)
    {
        var slot = _free[--_freeCount];
        return _slots[slot] = new MemoryDelivery(this, entry, position, slot, _lost) { HoldsKey = holdsKey };
    }

    public MemoryDelivery Lend(MemoryParcel parcel)
    {
        var slot = _free[--_freeCount];
        return _slots[slot] = new MemoryDelivery(this, parcel, slot, _lost);
    }

    public void Return(MemoryDelivery delivery)
    {
        _slots[delivery.Slot] = null;
        _free[_freeCount++] = delivery.Slot;
    }

    /// <summary>Ends every loan.</summary>
    /// <returns>What was on loan, in the order of the log.</returns>
    public List<MemoryDelivery> TakeBackAll()
    {
        var taken = InFlight.OrderBy(delivery => delivery.Position).ToList();
        if (taken.Count > 0)
        {
            foreach (var delivery in taken)
            {
                delivery.TakeBack();
                Return(delivery);
            }

            // Who listens may take its time, and the lock is held.
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _lost, preferLocal: false);
            _lost = new CancellationTokenSource();
        }

        return taken;
    }

    public async ValueTask StopAsync(CancellationToken cancellationToken) =>
        await Group.StopAsync(this).WaitAsync(cancellationToken).ConfigureAwait(false);

    public ValueTask<EventBacklog> GetBacklogAsync(CancellationToken cancellationToken) => new(Group.GetBacklog());

    public async ValueTask DisposeAsync()
    {
        await Group.StopAsync(this).ConfigureAwait(false);
        if (Group.Remove(this))
        {
            Sink.StateChanged(SubscriptionState.Stopped, null);
        }
    }
}
