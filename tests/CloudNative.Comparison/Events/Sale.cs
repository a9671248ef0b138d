using CloudNative.Eventing;

namespace CloudNative.Comparison.Events;

/// <summary>The event that every peer publishes and handles. Public: Wolverine compiles code against it.</summary>
[Event("sales.made")]
public sealed record Sale(Guid Id, string Article, int Count, decimal Total, DateTimeOffset At)
{
    public static Sale Next { get; } = new(Guid.Empty, "apples, the red ones", 3, 4.20m, DateTimeOffset.UnixEpoch);
}
