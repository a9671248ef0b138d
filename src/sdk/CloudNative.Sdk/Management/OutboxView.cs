using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>An outbox that this process relays from.</summary>
/// <param name="Name">What logs and metrics call it.</param>
/// <param name="Waiting">Committed and not moved yet; missing when its database does not say.</param>
/// <param name="OldestSeconds">Missing when nothing waits.</param>
/// <param name="SetAside">Waiting for a person, because they cannot be read or no transport takes them.</param>
/// <param name="Failing">Whether the last attempt to move events failed.</param>
internal sealed record OutboxView(string Name, long? Waiting, double? OldestSeconds, long? SetAside, bool Failing)
{
    public static OutboxView Of(OutboxReport report, DateTimeOffset now) => new(
        report.Name,
        report.Backlog?.Waiting,
        SubscriptionOverview.Age(report.Backlog?.Oldest, now),
        report.Backlog?.SetAside,
        report.IsFailing);
}
