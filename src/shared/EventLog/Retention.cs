namespace CloudNative.Shared.EventLog;

/// <summary>
/// Which events may go: those stored long enough ago that every group has done, but for groups that had no member for as long. Events
/// that somebody is to get again stay.
/// </summary>
internal static class Retention
{
    private const int AtATime = 500;

    /// <summary>The topics that have something to remove.</summary>
    public static List<(long Id, string Name)> Find(ILogTables tables, long before, long gone) =>
        [.. tables.Topics()
            .Where(topic => Oldest(tables, topic.Id) is { } oldest
                && oldest.Stored < before && oldest.Position <= Limit(tables, topic.Id, gone))];

    /// <summary>Removes some events of a topic, in a transaction.</summary>
    public static Removal RemoveSome(ILogTables tables, long topic, long before, long gone)
    {
        var floor = tables.Floor(topic);
        var limit = Math.Min(Limit(tables, topic, gone), floor + AtATime);
        var last = tables.LastBefore(topic, floor, limit, before);
        if (last <= floor)
        {
            return Removal.Nothing;
        }

        var missed = tables.GroupsOf(topic)
            .Select(group => new MissedEvents(GroupNames.Public(group.Name), Skip(tables, group, last)))
            .Where(group => group.Count > 0)
            .ToList();

        tables.RemoveEvents(topic, last);
        tables.SetFloor(topic, last);
        return new Removal(HasMore: true, missed);
    }

    /// <summary>Says which group is furthest behind.</summary>
    public static string Culprit(ILogTables tables)
    {
        var furthest = tables.Topics()
            .SelectMany(topic => tables.GroupsOf(topic.Id).Select(group => (Topic: topic, Group: group)))
            .Select(pair => (
                pair.Topic.Name,
                pair.Group,
                Behind: tables.Last(pair.Topic.Id).Position - FirstOpen(tables, pair.Group) + 1))
            .OrderByDescending(candidate => candidate.Behind)
            .FirstOrDefault();
        return furthest.Behind > 0
            ? $"; group '{GroupNames.Public(furthest.Group.Name)}' of '{furthest.Name}' has about {furthest.Behind} events before it"
            : string.Empty;
    }

    // Up to where no group needs the log.
    private static long Limit(ILogTables tables, long topic, long gone)
    {
        var limit = tables.Last(topic).Position;
        foreach (var group in tables.GroupsOf(topic))
        {
            if (group.Seen is not { } seen || seen >= gone)
            {
                limit = Math.Min(limit, FirstOpen(tables, group) - 1);
            }
        }

        return limit;
    }

    // Heads of quiet partitions lie behind; only an event of the partition itself holds anything back.
    private static long FirstOpen(ILogTables tables, GroupSeen group)
    {
        var shares = tables.Shares(group.Id);
        var beyond = tables.FirstBeyond(group.Topic, shares.ToDictionary(share => share.Partition, share => share.Head));
        return shares.SelectMany(share => share.Open)
            .Append(beyond?.Position ?? tables.Last(group.Topic).Position + 1)
            .Min();
    }

    // A group that nobody was in for so long loses what goes, and its count stays right. How many those were.
    private static int Skip(ILogTables tables, GroupSeen group, long last)
    {
        var missed = 0;
        foreach (var share in tables.Shares(group.Id))
        {
            var behind = share.Open.Where(position => position <= last).ToList();
            var beyond = share.Head < last
                ? tables.PositionsOf(group.Topic, share.Partition, share.Head, last).Count
                : 0;
            if (behind.Count > 0 || share.Head < last)
            {
                var head = Math.Max(share.Head, last);
                missed += behind.Count + beyond;
                tables.SetProgress(group.Id,
                    share.Partition,
                    head,
                    OpenPositions.Write(head, share.Open.Except(behind)),
                    behind.Count + beyond);
            }
        }

        return missed;
    }

    private static (long Position, long Stored)? Oldest(ILogTables tables, long topic) =>
        tables.FirstFrom(topic, tables.Floor(topic) + 1);
}
