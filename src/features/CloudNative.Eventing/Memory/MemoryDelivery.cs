namespace CloudNative.Eventing.Memory;

/// <summary>An event on loan to a member. There is one for each attempt, so it holds nothing that can be looked up.</summary>
internal sealed class MemoryDelivery : EventDelivery
{
    private const int OnLoan = 0;
    private const int TakenBack = 1;
    private const int Settled = 2;

    private readonly CancellationTokenSource _lost;
    private readonly long _position;
    private int _state;

    public MemoryDelivery(MemoryMember member, in MemoryEntry entry, long position, int slot, CancellationTokenSource lost)
    {
        Member = member;
        Event = entry.Event;
        StoredTicks = entry.Stored;
        _position = position;
        Slot = slot;
        _lost = lost;
    }

    public MemoryDelivery(MemoryMember member, MemoryParcel parcel, int slot, CancellationTokenSource lost)
        : this(member, new MemoryEntry(parcel.Event, parcel.Stored, 0), parcel.Position, slot, lost)
    {
        Parcel = parcel;
        Attempt = parcel.Attempt;
        HoldsKey = parcel.HoldsKey;
    }

    public override EventEnvelope Event { get; }

    // The parcel's counts on while this delivery is still looked at.
    public override int Attempt { get; } = 1;

    public override long? Position => _position;

    public override DateTimeOffset Stored => new(StoredTicks, TimeSpan.Zero);

    public override CancellationToken Lost => _lost.Token;

    public MemoryMember Member { get; }

    public MemoryParcel? Parcel { get; }

    public long StoredTicks { get; }

    public int Slot { get; }

    public bool HoldsKey { get; set; }

    /// <summary>Ends the loan from the transport's side. The caller holds the topic's lock.</summary>
    public void TakeBack() => _state = TakenBack;

    /// <summary>Ends the loan from the handler's side. The caller holds the topic's lock.</summary>
    /// <returns>Whether it still counted.</returns>
    public bool TryEnd()
    {
        var state = _state;
        if (state == Settled)
        {
            throw new InvalidOperationException("The delivery was settled before; each is settled once.");
        }

        _state = Settled;
        return state == OnLoan;
    }

    /// <summary>What goes back into the group: the event with its history.</summary>
    public MemoryParcel ToParcel()
    {
        var parcel = Parcel ?? new MemoryParcel(Event, _position, StoredTicks);
        parcel.HoldsKey = HoldsKey;
        return parcel;
    }

    public override ValueTask<bool> SettleAsync(Settlement settlement, CancellationToken cancellationToken) =>
        new(Member.Group.Settle(this, settlement));
}
