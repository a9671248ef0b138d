using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>A subscription of this process.</summary>
internal sealed record SubscriptionView
{
    public required string Topic { get; init; }

    public required string Group { get; init; }

    /// <summary>The name of a <see cref="SubscriptionState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Why it gets no events.</summary>
    public string? Description { get; init; }

    public required bool InOrder { get; init; }

    public required bool Broadcast { get; init; }

    /// <summary>Of the whole group, in all processes; missing when the store does not say.</summary>
    public long? Waiting { get; init; }

    /// <summary>Missing when nothing waits.</summary>
    public double? OldestSeconds { get; init; }

    /// <summary>In this process.</summary>
    public required int InFlight { get; init; }

    /// <summary>The most in flight in this process.</summary>
    public required int Concurrency { get; init; }

    public static SubscriptionView Of(SubscriptionReport report, DateTimeOffset now) => new()
    {
        Topic = report.Topic,
        Group = report.Group,
        State = report.State.ToString(),
        Description = report.Reason,
        InOrder = report.Ordering == EventOrdering.ByKey,
        Broadcast = report.Broadcast,
        Waiting = report.Backlog?.Waiting,
        OldestSeconds = SubscriptionOverview.Age(report.Backlog?.Oldest, now),
        InFlight = report.InFlight,
        Concurrency = report.Concurrency,
    };
}
