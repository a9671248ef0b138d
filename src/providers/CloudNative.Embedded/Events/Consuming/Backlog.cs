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
            if (GroupRows.Find(connection, groupId) is not { } group)
            {
                return default;
            }

            var shares = ShareRows.ReadAll(connection, groupId);
            var waiting = Waiting(connection, group, shares);
            return waiting <= 0 ? default : new EventBacklog(waiting, Oldest(connection, group, shares));
        }
        finally
        {
            connection.Rollback();
        }
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
