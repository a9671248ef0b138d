using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>What waits where.</summary>
/// <param name="Subscriptions">Those of this process.</param>
/// <param name="Outboxes">Those of this process.</param>
/// <param name="Groups">All groups of the transport; <see langword="null"/> when it cannot tell.</param>
internal sealed record SubscriptionOverview(
    IReadOnlyList<SubscriptionView> Subscriptions, IReadOnlyList<OutboxView> Outboxes, IReadOnlyList<GroupView>? Groups)
{
    public static SubscriptionOverview Of(EventReport report, DateTimeOffset now) => new(
        [.. report.Subscriptions.Select(subscription => SubscriptionView.Of(subscription, now))],
        [.. report.Outboxes.Select(outbox => OutboxView.Of(outbox, now))],
        report.Groups is { } groups ? [.. groups.Select(group => GroupView.Of(group, now))] : null);

    /// <summary>An age in seconds; clocks of two machines may differ, so never below 0.</summary>
    public static double? Age(DateTimeOffset? since, DateTimeOffset now) =>
        since is { } then ? Math.Round(Math.Max(0, (now - then).TotalSeconds), 3) : null;
}
