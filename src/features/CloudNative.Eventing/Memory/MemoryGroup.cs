using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Eventing.Memory;

/// <summary>
/// A group: how far it is in the log, what waits beside it, and who shares it. All of it is guarded by the topic's
/// lock.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The store owns its groups, not they the store.")]
internal sealed partial class MemoryGroup(MemoryTopic topic, string name, bool broadcast) : IThreadPoolWorkItem, IDisposable
{
    private readonly MemoryTopic _topic = topic;
    private readonly MemoryStore _store = topic.Store;
    private readonly List<MemoryMember> _members = [];
    private readonly Queue<MemoryParcel> _ready = [];
    private readonly PriorityQueue<MemoryParcel, (long Due, long Position)> _scheduled = new();
    private readonly KeyTurns _keys = new();
    private long _positionedAt;
    private long _unsettled;
    private bool _ordered;
    private ITimer? _timer;

    public string Name { get; } = name;

    public bool Broadcast { get; } = broadcast;

    /// <summary>The position of the next event that is taken from the log.</summary>
    public long Cursor { get; private set; }

    /// <summary>Whether somebody here handles its events.</summary>
    public bool HasMembers => _members.Count > 0;

    /// <summary>How many are due later.</summary>
    public int Scheduled => _scheduled.Count;

    /// <summary>How many are waiting or being handled.</summary>
    public long Ready => _unsettled - _scheduled.Count;

    public void Add(MemoryMember member)
    {
        _members.Add(member);
        _store.CountReady();
        _sequenced = member.Spec is { Ordering: EventOrdering.ByKey, DeadLetterOrdering: DeadLetterOrdering.Sequenced };
        if (member.Spec.Ordering == EventOrdering.ByKey && !_ordered)
        {
            KeepOrder();
        }
    }

    /// <summary>Takes a member out, with what it has on loan, uncounted.</summary>
    /// <returns>Whether it was one.</returns>
    public bool Remove(MemoryMember member)
    {
        lock (_topic.Gate)
        {
            if (!_members.Remove(member))
            {
                return false;
            }

            member.Stopped = true;
            foreach (var delivery in member.TakeBackAll())
            {
                _ready.Enqueue(delivery.ToParcel());
            }

            if (Broadcast)
            {
                _topic.Remove(this);
                _topic.Trim();
                Dispose();
            }
        }

        Pump();
        _store.TellIfIdle();
        return true;
    }

    /// <summary>An event was stored.</summary>
    public void Stored(in MemoryEntry entry, long position)
    {
        _unsettled++;
        if (entry.Due != 0)
        {
            Schedule(new MemoryParcel(entry.Event, position, entry.Stored) { Due = entry.Due });
        }
    }

    /// <summary>Goes on elsewhere in the log; forgets everything beside it.</summary>
    public long MoveTo(long position)
    {
        foreach (var member in _members)
        {
            member.TakeBackAll();
        }

        _ready.Clear();
        _scheduled.Clear();
        _keys.Clear();
        Cursor = Math.Clamp(position, _topic.Log.First, _topic.Log.Next);
        _unsettled = _topic.Log.Next - Cursor;
        _positionedAt = _store.Timestamp;
        SeekHeld();
        for (var at = Cursor; at < _topic.Log.Next; at++)
        {
            var entry = _topic.Log[at];
            if (entry.Due > _positionedAt)
            {
                Schedule(new MemoryParcel(entry.Event, at, entry.Stored) { Due = entry.Due });
            }
        }

        return Cursor;
    }

    public EventBacklog GetBacklog()
    {
        lock (_topic.Gate)
        {
            return new EventBacklog(_unsettled, _unsettled == 0 ? null : new DateTimeOffset(FindOldest(), TimeSpan.Zero));
        }
    }

    public EventGroup Describe()
    {
        lock (_topic.Gate)
        {
            return new EventGroup(_topic.Name, Name, _members.Count, GetBacklog());
        }
    }

    public IEnumerable<ScheduledEvent> ListScheduled() => _scheduled.UnorderedItems.Select(item => new ScheduledEvent(
        _topic.Name, Name, item.Element.Event, item.Element.Attempt, _store.ToTime(item.Element.Due)));

    /// <summary>What the members of one process have on loan is lost to them, and the attempt is counted.</summary>
    public void Expire(MemoryTransport process, string detail, bool leaves)
    {
        lock (_topic.Gate)
        {
            foreach (var member in _members.Where(member => member.Process == process).ToList())
            {
                foreach (var delivery in member.TakeBackAll())
                {
                    CountLoss(member, delivery.ToParcel(), detail);
                }

                if (leaves)
                {
                    member.Stopped = true;
                    _members.Remove(member);
                }
            }
        }

        Pump();
    }

    public void Tell(SubscriptionState state, string? reason)
    {
        MemoryMember[] members;
        lock (_topic.Gate)
        {
            members = [.. _members];
        }

        foreach (var member in members)
        {
            member.Sink.StateChanged(state, reason);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void CountLoss(MemoryMember member, MemoryParcel parcel, string detail)
    {
        parcel.AddFailure(new DeliveryFailure(DeadLetterReason.ProcessDied, detail, _store.Now, parcel.Attempt));
        if (parcel.Attempt >= member.Spec.MaxAttempts)
        {
            GiveUp(parcel);
            return;
        }

        parcel.Attempt++;
        _ready.Enqueue(parcel);
    }

    // The first member that asks for order finds a group that kept none until now.
    private void KeepOrder()
    {
        _ordered = true;
        foreach (var delivery in _members.SelectMany(member => member.InFlight))
        {
            delivery.HoldsKey = delivery.Event.Key is { } key && _keys.TryTake(key);
        }

        for (var left = _ready.Count; left > 0; left--)
        {
            Admit(_ready.Dequeue());
        }
    }

    private long FindOldest()
    {
        var oldest = long.MaxValue;
        foreach (var stored in _members.SelectMany(member => member.InFlight).Select(delivery => delivery.StoredTicks)
            .Concat(_ready.Concat(_keys.Waiting).Concat(_scheduled.UnorderedItems.Select(item => item.Element))
                .Select(parcel => parcel.Stored)))
        {
            oldest = Math.Min(oldest, stored);
        }

        for (var at = Cursor; at < _topic.Log.Next; at++)
        {
            if (!IsBesideTheLog(_topic.Log[at]))
            {
                return Math.Min(oldest, _topic.Log[at].Stored);
            }
        }

        return oldest;
    }
}
