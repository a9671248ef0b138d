using CloudNative.Eventing.Configuration;

namespace CloudNative.Eventing.Memory;

/// <summary>
/// Events in memory, for tests: everything a durable log does but outlive the process. One is what one process is
/// elsewhere: several on one store share groups, and a test can suspend or end one.
/// </summary>
internal sealed class MemoryTransport(MemoryStore store) : IEventTransport, IReplayable, IDeadLetterStore, IEventGroups
{
    /// <summary>The name of the provider.</summary>
    public const string Name = "memory";

    public TransportCapabilities Capabilities =>
        TransportCapabilities.Ordered | TransportCapabilities.Delayed | TransportCapabilities.Broadcast
        | TransportCapabilities.Replay | TransportCapabilities.DeadLetters | TransportCapabilities.Deduplicated
        | TransportCapabilities.SequencedDeadLetters;

    public int MaxEventSize => 1024 * 1024;

    /// <summary>Whether its members take nothing for now, as those of a paused process.</summary>
    public bool Suspended { get; private set; }

    public ValueTask AppendAsync(IReadOnlyList<OutgoingEvent> batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.ThrowIfBroken();
        Check(batch);
        for (var index = 0; index < batch.Count;)
        {
            index = store.GetTopic(batch[index].Topic).Append(batch, index);
        }

        return default;
    }

    public ValueTask<IEventSubscription> SubscribeAsync(
        SubscriptionSpec spec, IDeliverySink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.ThrowIfBroken();
        ThrowIfInvalid(spec.Topic);
        ThrowIfInvalid(spec.Group);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MaxInFlight, 1, nameof(spec));
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MaxAttempts, 1, nameof(spec));
        return new ValueTask<IEventSubscription>(store.GetTopic(spec.Topic).Join(this, spec, sink));
    }

    public ValueTask<long> SeekAsync(string topic, string group, ReplayPoint point, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = store.FindTopic(topic) is { } log ? Array.Find(log.Groups, candidate => candidate.Name == group) : null;
        if (found is null)
        {
            throw new KeyNotFoundException($"Topic '{topic}' has no group '{group}'; groups exist once somebody has subscribed.");
        }

        long position;
        var owner = store.GetTopic(topic);
        lock (owner.Gate)
        {
            store.CountReady();
            position = found.MoveTo(point.Position ?? owner.Find(point.Time!.Value));
        }

        found.Pump();
        store.TellIfIdle();
        return new ValueTask<long>(position);
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterQuery query, CancellationToken cancellationToken) =>
        new(store.DeadLetters.List(query));

    public ValueTask<DeadLetter?> FindAsync(long id, CancellationToken cancellationToken) => new(store.DeadLetters.Find(id));

    public ValueTask<int> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var groups = new HashSet<MemoryGroup>();
        var count = 0;
        foreach (var id in ids)
        {
            if (store.DeadLetters.GroupOf(id) is { } group && group.Replay(id))
            {
                groups.Add(group);
                count++;
            }
        }

        foreach (var group in groups)
        {
            group.Pump();
        }

        return new ValueTask<int>(count);
    }

    public ValueTask<bool> EditAsync(
        long id, ReadOnlyMemory<byte> data, string by, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(by);
        return data.Length <= MaxEventSize
            ? new ValueTask<bool>(store.DeadLetters.Edit(id, data.ToArray(), by, store.Now))
            : throw new EventRejectedException(
                $"{ErrorIds.TooLarge} The data have {data.Length} bytes; memory takes up to {MaxEventSize}.");
    }

    public ValueTask<int> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var keys = new HashSet<(MemoryGroup Group, string Key)>();
        var count = 0;
        foreach (var id in ids)
        {
            if (store.DeadLetters.GroupOf(id) is not { } group || store.DeadLetters.Take(id) is not { } letter)
            {
                continue;
            }

            count++;
            if (letter.Event?.Key is { } key)
            {
                keys.Add((group, key));
            }
        }

        foreach (var (group, key) in keys)
        {
            group.Discarded(key);
        }

        return new ValueTask<int>(count);
    }

    public ValueTask<IReadOnlyList<EventGroup>> ListGroupsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.ThrowIfBroken();
        return new ValueTask<IReadOnlyList<EventGroup>>(store.ListGroups());
    }

    /// <summary>Its members take nothing until it is resumed.</summary>
    public void Suspend() => Suspended = true;

    public void Resume()
    {
        Suspended = false;
        store.ForEachGroup(group => group.Pump());
    }

    /// <summary>What its members have on loan goes to others.</summary>
    public void ExpireLeases() =>
        store.ForEachGroup(group => group.Expire(this, "The lease ran out while the process was paused.", leaves: false));

    /// <summary>Its members are gone, as if the process had died.</summary>
    public void Kill() =>
        store.ForEachGroup(group => group.Expire(this, "The process died while it handled the event.", leaves: true));

    private static void Check(IReadOnlyList<OutgoingEvent> batch)
    {
        for (var index = 0; index < batch.Count; index++)
        {
            var outgoing = batch[index];
            ThrowIfInvalid(outgoing.Topic);
            ArgumentOutOfRangeException.ThrowIfLessThan(outgoing.Delay, TimeSpan.Zero, nameof(batch));
        }
    }

    private static void ThrowIfInvalid(string name)
    {
        if (!EventTopic.IsValid(name))
        {
            throw new ArgumentException($"'{name}' cannot be the name of a topic or group.", nameof(name));
        }
    }
}
