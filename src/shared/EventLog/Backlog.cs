using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// What a group has before it. Positions are dense, so that a subtraction counts: what was stored since the group's start, less what
/// its shares have done, and what is to be delivered again.
/// </summary>
internal static class Backlog
{
    public static long Waiting(ILogTables tables, GroupRow group, IEnumerable<ShareRow> shares) =>
        tables.Last(group.Topic).Position - group.Start - shares.Sum(share => share.Done)
        + tables.CountDeliveries(group.Id);

    public static EventBacklog Read(ILogTables tables, long groupId)
    {
        // One snapshot for all of it.
        return tables.InSnapshot(() => tables.FindGroup(groupId) is { } group ? Read(tables, group) : default);
    }

    /// <summary>All groups that are not one process's alone.</summary>
    public static IReadOnlyList<EventGroup> ReadAll(ILogTables tables)
    {
        return tables.InSnapshot<IReadOnlyList<EventGroup>>(() =>
        {
            var topics = tables.Topics().ToDictionary(topic => topic.Id, topic => topic.Name);
            return
            [
                .. tables.SharedGroups()
                    .Select(group => new EventGroup(
                        topics[group.Row.Topic], group.Name, tables.CountMembers(group.Row.Id), Read(tables, group.Row)))
                    .OrderBy(group => group.Topic, StringComparer.Ordinal)
                    .ThenBy(group => group.Group, StringComparer.Ordinal),
            ];
        });
    }

    private static EventBacklog Read(ILogTables tables, GroupRow group)
    {
        var shares = tables.Shares(group.Id);
        var waiting = Waiting(tables, group, shares);
        return waiting <= 0 ? default : new EventBacklog(waiting, Oldest(tables, group, shares));
    }

    private static DateTimeOffset? Oldest(ILogTables tables, GroupRow group, List<ShareRow> shares)
    {
        var beyond = tables.FirstBeyond(group.Topic, shares.ToDictionary(share => share.Partition, share => share.Head));
        var positions = shares.SelectMany(share => share.Open).ToList();
        if (tables.FirstDelivery(group.Id) is { } later)
        {
            positions.Add(later);
        }

        if (beyond is { } first)
        {
            positions.Add(first.Position);
        }

        return positions.Count > 0 && tables.FirstFrom(group.Topic, positions.Min()) is { } oldest
            ? DateTimeOffset.FromUnixTimeMilliseconds(oldest.Stored)
            : null;
    }
}
