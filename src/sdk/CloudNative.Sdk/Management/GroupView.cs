using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>A group of the transport, of whichever service.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Group">The group.</param>
/// <param name="Members">How many processes take part.</param>
/// <param name="Waiting">Stored and not settled for good.</param>
/// <param name="OldestSeconds">Missing when nothing waits.</param>
internal sealed record GroupView(string Topic, string Group, int Members, long Waiting, double? OldestSeconds)
{
    public static GroupView Of(EventGroup group, DateTimeOffset now) => new(
        group.Topic, group.Group, group.Members, group.Backlog.Waiting, SubscriptionOverview.Age(group.Backlog.Oldest, now));
}
