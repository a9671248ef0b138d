namespace CloudNative.Eventing.Memory;

/// <summary>A topic: its log and its groups, under one lock.</summary>
internal sealed class MemoryTopic(MemoryStore store, string name)
{
    private readonly HashSet<EventEnvelope> _known = new(new EventIdentityComparer());
    private volatile MemoryGroup[] _groups = [];

    public Lock Gate { get; } = new();

    public string Name { get; } = name;

    public MemoryStore Store { get; } = store;

    /// <summary>Guarded by <see cref="Gate"/>.</summary>
    public MemoryLog Log { get; } = new();

    /// <summary>Read by anybody, changed under <see cref="Gate"/>.</summary>
    public MemoryGroup[] Groups => _groups;

    /// <summary>Stores the events of a batch from <paramref name="start"/> on that belong here, up to the first that does not.</summary>
    /// <returns>The index of that one.</returns>
    public int Append(IReadOnlyList<OutgoingEvent> batch, int start)
    {
        var index = start;
        lock (Gate)
        {
            do
            {
                Append(batch[index]);
            }
            while (++index < batch.Count && string.Equals(batch[index].Topic, Name, StringComparison.Ordinal));
        }

        foreach (var group in _groups)
        {
            group.Pump();
        }

        return index;
    }

    /// <summary>Joins a group, and makes it when it is new. A group for broadcast is the member's alone.</summary>
    public MemoryMember Join(MemoryTransport process, SubscriptionSpec spec, IDeliverySink sink)
    {
        MemoryMember member;
        lock (Gate)
        {
            var group = spec.Broadcast ? null : Array.Find(_groups, group => !group.Broadcast && group.Name == spec.Group);
            if (group is null)
            {
                group = new MemoryGroup(this, spec.Group, spec.Broadcast);
                group.MoveTo(spec.Start == EventStart.Oldest ? Log.First : Log.Next);
                _groups = [.. _groups, group];
            }

            member = new MemoryMember(process, group, spec, sink);
            group.Add(member);
        }

        member.Group.Pump();
        return member;
    }

    /// <summary>Forgets a group. The caller holds the lock.</summary>
    public void Remove(MemoryGroup group) => _groups = Array.FindAll(_groups, other => other != group);

    /// <summary>
    /// Forgets the oldest events, but not those that a group has not reached, nor the last that are kept for replay. The caller holds
    /// the lock.
    /// </summary>
    public void Trim()
    {
        var keep = Log.Next - MemoryStore.Retention;
        if (Log.First >= keep)
        {
            return;
        }

        foreach (var group in _groups)
        {
            keep = Math.Min(keep, group.Cursor);
        }

        while (Log.First < keep)
        {
            _known.Remove(Log[Log.First].Event);
            Log.RemoveFirst();
        }

        Log.Shrink();
    }

    /// <summary>The first position whose event was stored at a time or later. The caller holds the lock.</summary>
    public long Find(DateTimeOffset time)
    {
        var position = Log.First;
        while (position < Log.Next && Log[position].Stored < time.UtcTicks)
        {
            position++;
        }

        return position;
    }

    private void Append(OutgoingEvent outgoing)
    {
        if (!_known.Add(outgoing.Event))
        {
            return;
        }

        var due = outgoing.Delay > TimeSpan.Zero ? Store.After(outgoing.Delay) : 0;
        var entry = new MemoryEntry(outgoing.Event, Store.UtcTicks, due);
        var position = Log.Append(entry);
        foreach (var group in _groups)
        {
            group.Stored(entry, position);
        }

        Trim();
        foreach (var observer in Store.Observers)
        {
            observer.Stored(outgoing, position);
        }
    }
}
