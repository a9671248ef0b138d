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
                    End(delivery.Event, delivery.HoldsKey);
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

    /// <summary>Takes a dead letter back as a first attempt.</summary>
    /// <returns>Whether the group is still there.</returns>
    public bool TakeBack(DeadLetter letter)
    {
        lock (_topic.Gate)
        {
            if (!_topic.Groups.Contains(this))
            {
                return false;
            }

            _unsettled++;
            _store.CountReady();
            Admit(new MemoryParcel(letter.Event!, letter.Position!.Value, _store.UtcTicks));
        }

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

    private void GiveUp(MemoryParcel parcel)
    {
        _store.DeadLetters.Add(this, _topic.Name, parcel);
        End(parcel.Event, parcel.HoldsKey);
    }

    // The group is done with an event; the next of its key has its turn.
    private void End(EventEnvelope done, bool heldKey)
    {
        _unsettled--;
        if (heldKey && _keys.Pass(done.Key!) is { } next)
        {
            _ready.Enqueue(next);
        }
    }
}
