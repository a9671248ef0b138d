using System.Collections.Concurrent;

namespace CloudNative.Eventing.Memory;

/// <summary>
/// What all members share: topics and dead letters. A host has one; tests give one to several transports, which are then as
/// processes of one app.
/// </summary>
/// <remarks>
/// A topic keeps its last <see cref="Retention"/> events for replay and to recognise repeated ones, and beyond that what a group has
/// not reached. Its locks are taken in this order: the store's, topics' in the order of their making, the dead letters'.
/// </remarks>
internal sealed class MemoryStore(TimeProvider timeProvider, IEnumerable<IEventObserver> observers) : IDisposable
{
    /// <summary>How many events a topic keeps that all groups have had.</summary>
    public const int Retention = 1_000;

    private static readonly TimeSpan _never = TimeSpan.FromDays(36_500);

    private readonly ConcurrentDictionary<string, MemoryTopic> _byName = new(StringComparer.Ordinal);
    private readonly List<MemoryTopic> _topics = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private long _madeReady;
    private volatile string? _broken;

    public IEventObserver[] Observers { get; } = [.. observers];

    public MemoryDeadLetters DeadLetters { get; } = new();

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    public long UtcTicks => timeProvider.GetUtcNow().Ticks;

    public long Timestamp => timeProvider.GetTimestamp();

    public bool IsBroken => _broken is not null;

    /// <summary>The timestamp after a time; centuries are as good as never.</summary>
    public long After(TimeSpan delay) =>
        Timestamp + (long)(TimeSpan.FromTicks(Math.Min(delay.Ticks, _never.Ticks)).TotalSeconds * timeProvider.TimestampFrequency);

    /// <summary>The time until a timestamp, at least a millisecond, so that a timer which is early does not spin.</summary>
    public TimeSpan Until(long due)
    {
        var left = timeProvider.GetElapsedTime(Timestamp, due);
        var longest = TimeSpan.FromDays(40); // Timers take no more; the schedule is looked at again then.
        return left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left > longest ? longest : left;
    }

    public DateTimeOffset ToTime(long due) => Now + timeProvider.GetElapsedTime(Timestamp, due);

    public ITimer CreateTimer(TimerCallback callback, object state) =>
        timeProvider.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public MemoryTopic GetTopic(string name) => _byName.TryGetValue(name, out var topic) ? topic : AddTopic(name);

    public MemoryTopic? FindTopic(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Refuses to store, and hands nothing out, until it is mended.</summary>
    public void Break(string reason)
    {
        _broken = reason;
        ForEachGroup(group => group.Tell(SubscriptionState.Paused, reason));
    }

    public void Mend()
    {
        _broken = null;
        ForEachGroup(group => group.Tell(SubscriptionState.Active, null));
        ForEachGroup(group => group.Pump());
    }

    public void ThrowIfBroken()
    {
        if (_broken is { } reason)
        {
            throw new EventTransportException(reason);
        }
    }

    public void ForEachGroup(Action<MemoryGroup> action)
    {
        foreach (var group in Topics().SelectMany(topic => topic.Groups))
        {
            action(group);
        }
    }

    /// <summary>Something is ready that was not, and is not new in a log either.</summary>
    public void CountReady() => Interlocked.Increment(ref _madeReady);

    /// <summary>What is on its way in all topics, at one moment.</summary>
    public PendingEvents Count()
    {
        lock (_lock)
        {
            _topics.ForEach(topic => topic.Gate.Enter());
            try
            {
                var groups = _topics.SelectMany(topic => topic.Groups).Where(group => group.HasMembers).ToList();
                return new PendingEvents(
                    groups.Sum(group => group.Ready),
                    groups.Sum(group => group.Scheduled),
                    Volatile.Read(ref _madeReady) + _topics.Sum(topic => topic.Log.Next));
            }
            finally
            {
                _topics.ForEach(topic => topic.Gate.Exit());
            }
        }
    }

    public Task WhenIdleAsync()
    {
        Task idle;
        lock (_lock)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            idle = _idle.Task;
        }

        TellIfIdle();
        return idle;
    }

    /// <summary>Called after whatever may have been the last, without a lock.</summary>
    public void TellIfIdle()
    {
        if (Volatile.Read(ref _idle) is { } waiting && Count().Ready == 0)
        {
            Interlocked.CompareExchange(ref _idle, null, waiting);
            waiting.TrySetResult();
        }
    }

    public IReadOnlyList<ScheduledEvent> ListScheduled()
    {
        var scheduled = new List<ScheduledEvent>();
        foreach (var topic in Topics())
        {
            lock (topic.Gate)
            {
                scheduled.AddRange(topic.Groups.Where(group => group.HasMembers).SelectMany(group => group.ListScheduled()));
            }
        }

        return [.. scheduled.OrderBy(item => item.Due)];
    }

    /// <summary>The groups that are not one process's alone.</summary>
    public IReadOnlyList<EventGroup> ListGroups() =>
    [
        .. Topics()
            .SelectMany(topic => topic.Groups.Where(group => !group.Broadcast).Select(group => group.Describe()))
            .OrderBy(group => group.Topic, StringComparer.Ordinal)
            .ThenBy(group => group.Group, StringComparer.Ordinal),
    ];

    public void Dispose() => ForEachGroup(group => group.Dispose());

    private List<MemoryTopic> Topics()
    {
        lock (_lock)
        {
            return [.. _topics];
        }
    }

    private MemoryTopic AddTopic(string name)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue(name, out var topic))
            {
                topic = new MemoryTopic(this, name);
                _topics.Add(topic);
                _byName[name] = topic;
            }

            return topic;
        }
    }
}
