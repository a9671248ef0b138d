namespace CloudNative.Eventing;

/// <summary>How one subscription of this process is doing.</summary>
public sealed record SubscriptionReport
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The group, as the handler named it.</summary>
    public required string Group { get; init; }

    /// <summary>Whether every process gets every event; what waits is this process's alone then.</summary>
    public bool Broadcast { get; init; }

    /// <summary>Whether order within a key is kept.</summary>
    public EventOrdering Ordering { get; init; }

    /// <summary>Whether it gets events.</summary>
    public required SubscriptionState State { get; init; }

    /// <summary>Why it gets none, in words; <see langword="null"/> when there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>What the whole group has before it, in all processes; <see langword="null"/> when that is not known now.</summary>
    public EventBacklog? Backlog { get; init; }

    /// <summary>Events that this process is handling.</summary>
    public int InFlight { get; init; }

    /// <summary>The most events that this process handles at a time.</summary>
    public required int Concurrency { get; init; }
}
