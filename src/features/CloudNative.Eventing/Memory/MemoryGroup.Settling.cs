namespace CloudNative.Eventing.Memory;

internal sealed partial class MemoryGroup
{
    /// <summary>Ends a delivery as its handler says.</summary>
    /// <returns>Whether it was still on loan.</returns>
    public bool Settle(MemoryDelivery delivery, Settlement settlement)
    {
        lock (_topic.Gate)
        {
            if (!delivery.TryEnd())
            {
                return false;
            }

            // Before it counts as settled, so that who waits for that finds it in the record.
            foreach (var observer in _store.Observers)
            {
                observer.Settled(_topic.Name, Name, delivery, settlement);
            }

            delivery.Member.Return(delivery);
            switch (settlement.Kind)
            {
                case SettlementKind.Complete:
                    End(delivery.Event, delivery.Position!.Value, delivery.HoldsKey);
                    break;
                case SettlementKind.Release:
                    _ready.Enqueue(delivery.ToParcel());
                    break;
                case SettlementKind.Retry:
                    Retry(delivery.ToParcel(), settlement);
                    break;
                default:
                    var parcel = delivery.ToParcel();
                    parcel.AddFailure(settlement.Failure!);
                    GiveUp(parcel);
                    break;
            }
        }

        Pump();
        _store.TellIfIdle();
        return true;
    }

    private void Retry(MemoryParcel parcel, Settlement settlement)
    {
        parcel.AddFailure(settlement.Failure!);
        parcel.Attempt++;
        if (settlement.Delay <= TimeSpan.Zero)
        {
            _ready.Enqueue(parcel);
            return;
        }

        Schedule(parcel.DueAt(_store.After(settlement.Delay)));
    }
}
