using CloudNative.Embedded.Events.Storage;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// What a group has before it. Positions are dense, so that a subtraction counts: what was stored since the group's start, less what
/// its shares have done, and what is to be delivered again.
/// </summary>
internal static class Backlog
{
    public static long Waiting(EventConnection connection, GroupRow group, IEnumerable<ShareRow> shares) =>
        EventRows.Last(connection, group.Topic).Position - group.Start - shares.Sum(share => share.Done)
        + DeliveryRows.Count(connection, group.Id);

    public static EventBacklog Read(EventConnection connection, long groupId)
    {
        // One snapshot for all of it.
        connection.Execute("BEGIN");
        try
        {
            return GroupRows.Find(connection, groupId) is { } group ? Read(connection, group) : default;
        }
        finally
        {
            connection.Rollback();
        }
    }

    /// <summary>All groups that are not one process's alone.</summary>
    public static IReadOnlyList<EventGroup> ReadAll(EventConnection connection)
    {
        connection.Execute("BEGIN");
        try
        {
            var topics = TopicRows.ReadAll(connection).ToDictionary(topic => topic.Id, topic => topic.Name);
            return
            [
                .. GroupRows.ReadShared(connection)
                    .Select(group => new EventGroup(
                        topics[group.Row.Topic], group.Name, SubscriberRows.Count(connection, group.Row.Id), Read(connection, group.Row)))
                    .OrderBy(group => group.Topic, StringComparer.Ordinal)
                    .ThenBy(group => group.Group, StringComparer.Ordinal),
            ];
        }
        finally
        {
            connection.Rollback();
        }
    }

    private static EventBacklog Read(EventConnection connection, GroupRow group)
    {
        var shares = ShareRows.ReadAll(connection, group.Id);
        var waiting = Waiting(connection, group, shares);
        return waiting <= 0 ? default : new EventBacklog(waiting, Oldest(connection, group, shares));
    }

    private static DateTimeOffset? Oldest(EventConnection connection, GroupRow group, List<ShareRow> shares)
    {
        var beyond = EventRows.FirstBeyond(
            connection, group.Topic, shares.ToDictionary(share => share.Partition, share => share.Head));
        var positions = shares.SelectMany(share => share.Open).ToList();
        if (DeliveryRows.FirstPosition(connection, group.Id) is { } later)
        {
            positions.Add(later);
        }

        if (beyond is { } first)
        {
            positions.Add(first.Position);
        }

        return positions.Count > 0 && EventRows.FirstFrom(connection, group.Topic, positions.Min()) is { } oldest
            ? DateTimeOffset.FromUnixTimeMilliseconds(oldest.Stored)
            : null;
    }
}
