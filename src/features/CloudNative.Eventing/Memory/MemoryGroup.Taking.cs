namespace CloudNative.Eventing.Memory;

internal sealed partial class MemoryGroup
{
    private const int RoundsOnOneThread = 64;

    // Filled under the lock and handed out without it, by the one thread that pumps.
    private readonly MemoryDelivery?[] _round = new MemoryDelivery?[16];
    private int _nextMember;
    private bool _pumping;
    private TaskCompletionSource? _roundEnds;

    /// <summary>
    /// Hands out what can be. One thread at a time does so for a group: others leave it the work, so that a sink which
    /// settles at once does not come back deeper and deeper.
    /// </summary>
    public void Pump() => Pump(mine: false);

    /// <summary>Goes on pumping on a thread of the pool, after a publisher or handler has done its share.</summary>
    void IThreadPoolWorkItem.Execute() => Pump(mine: true);

    /// <summary>Hands nothing more to a member.</summary>
    /// <returns>A task that completes when nothing is on its way to it either.</returns>
    public Task StopAsync(MemoryMember member)
    {
        lock (_topic.Gate)
        {
            member.Stopped = true;
            if (!_pumping)
            {
                return Task.CompletedTask;
            }

            _roundEnds ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _roundEnds.Task;
        }
    }

    private void Pump(bool mine)
    {
        for (var rounds = 0; ; rounds++)
        {
            int count;
            lock (_topic.Gate)
            {
                if (_pumping && !mine)
                {
                    return;
                }

                _roundEnds?.SetResult();
                _roundEnds = null;
                count = TakeRound();
                _pumping = mine = count > 0;
            }

            if (count == 0)
            {
                TellOfAside();
                return;
            }

            for (var index = 0; index < count; index++)
            {
                var delivery = _round[index]!;
                _round[index] = null;
                delivery.Member.Sink.Deliver(delivery);
            }

            if (rounds == RoundsOnOneThread)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
    }

    private void TellOfAside()
    {
        if (_wentAside)
        {
            _wentAside = false;
            _store.TellIfIdle();
        }
    }

    private int TakeRound()
    {
        var count = 0;
        while (count < _round.Length && FindMember() is { } member && TryLend(member, out var delivery))
        {
            _round[count++] = delivery;
        }

        return count;
    }

    // In turn, among those that have credit.
    private MemoryMember? FindMember()
    {
        if (_store.IsBroken)
        {
            return null;
        }

        for (var tries = _members.Count; tries > 0; tries--)
        {
            _nextMember = _nextMember + 1 < _members.Count ? _nextMember + 1 : 0;
            if (_members[_nextMember].CanTake)
            {
                return _members[_nextMember];
            }
        }

        return null;
    }

    private bool TryLend(MemoryMember member, out MemoryDelivery? delivery)
    {
        if (_ready.TryDequeue(out var parcel))
        {
            delivery = member.Lend(parcel);
            return true;
        }

        while (Cursor < _topic.Log.Next)
        {
            var position = Cursor++;
            ref readonly var entry = ref _topic.Log[position];
            if (IsBesideTheLog(entry))
            {
                continue;
            }

            var key = _ordered ? entry.Event.Key : null;
            if (key is not null && IsHeld(key))
            {
                PutAside(new MemoryParcel(entry.Event, position, entry.Stored));
                continue;
            }

            if (key is null || _keys.TryTake(key))
            {
                delivery = member.Lend(entry, position, holdsKey: key is not null);
                return true;
            }

            _keys.Wait(key, new MemoryParcel(entry.Event, position, entry.Stored) { HoldsKey = true });
        }

        delivery = null;
        return false;
    }

    // What was not due when the group was put into its place waits in the schedule, or has left it.
    private bool IsBesideTheLog(in MemoryEntry entry) => entry.Due > _positionedAt;

    /// <summary>Lets an event in that does not come straight from the log.</summary>
    private void Admit(MemoryParcel parcel)
    {
        if (_ordered && !parcel.HoldsKey && parcel.Event.Key is { } key && IsHeld(key))
        {
            PutAside(parcel);
            return;
        }

        TakeTurn(parcel);
    }

    private void TakeTurn(MemoryParcel parcel)
    {
        if (!_ordered || parcel.HoldsKey || parcel.Event.Key is not { } key)
        {
            _ready.Enqueue(parcel);
            return;
        }

        parcel.HoldsKey = true;
        if (_keys.TryTake(key))
        {
            _ready.Enqueue(parcel);
        }
        else
        {
            _keys.Wait(key, parcel);
        }
    }

    private void Schedule(MemoryParcel parcel)
    {
        _scheduled.Enqueue(parcel, (parcel.Due, parcel.Position));
        if (ReferenceEquals(_scheduled.Peek(), parcel))
        {
            ArmTimer();
        }
    }

    private void ArmTimer()
    {
        _timer ??= _store.CreateTimer(static state => ((MemoryGroup)state!).MoveDue(), this);
        _timer.Change(_store.Until(_scheduled.Peek().Due), Timeout.InfiniteTimeSpan);
    }

    private void MoveDue()
    {
        lock (_topic.Gate)
        {
            var now = _store.Timestamp;
            while (_scheduled.TryPeek(out var parcel, out var order) && order.Due <= now)
            {
                _scheduled.Dequeue();
                _store.CountReady();
                Admit(parcel);
            }

            if (_scheduled.Count > 0)
            {
                ArmTimer();
            }
        }

        Pump();
    }
}
