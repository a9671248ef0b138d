using CloudNative.Embedded.Events.Storage;

namespace CloudNative.Embedded.Events.Upkeep;

/// <summary>
/// Which events may go: those stored long enough ago that every group has done, but for groups that had no member for as long. Events
/// that somebody is to get again stay.
/// </summary>
internal static class Retention
{
    private const int AtATime = 500;
    private const int PagesAtATime = 256;

    /// <summary>The topics that have something to remove.</summary>
    public static List<(long Id, string Name)> Find(EventConnection connection, long before, long gone) =>
        [.. TopicRows.ReadAll(connection)
            .Where(topic => Oldest(connection, topic.Id) is { } oldest
                && oldest.Stored < before && oldest.Position <= Limit(connection, topic.Id, gone))];

    /// <summary>Removes some events of a topic, in a transaction.</summary>
    public static Removal RemoveSome(EventConnection connection, long topic, long before, long gone)
    {
        var floor = TopicRows.Floor(connection, topic);
        var limit = Math.Min(Limit(connection, topic, gone), floor + AtATime);
        var last = LastBefore(connection, topic, floor, limit, before);
        if (last <= floor)
        {
            return Removal.Nothing;
        }

        var missed = Groups(connection, topic)
            .Select(group => new MissedEvents(GroupRows.PublicName(group.Name), Skip(connection, group, last)))
            .Where(group => group.Count > 0)
            .ToList();

        connection.Prepare(
            """
            DELETE FROM event WHERE id > ?1 AND id <= ?2 AND NOT EXISTS (
                SELECT 1 FROM delivery JOIN grp ON grp.id = delivery.grp
                WHERE grp.topic = ?3 AND delivery.position = (event.id & ?4))
            """)
            .Bind(1, EventRows.RowId(topic, 0)).Bind(2, EventRows.RowId(topic, last)).Bind(3, topic)
            .Bind(4, EventSchema.LastPosition).Run();
        TopicRows.SetFloor(connection, topic, last);
        connection.Prepare($"PRAGMA incremental_vacuum({PagesAtATime})").Run();
        return new Removal(HasMore: true, missed);
    }

    /// <summary>Says which group is furthest behind.</summary>
    public static string Culprit(EventConnection connection)
    {
        var furthest = TopicRows.ReadAll(connection)
            .SelectMany(topic => Groups(connection, topic.Id).Select(group => (Topic: topic, Group: group)))
            .Select(pair => (
                pair.Topic.Name,
                pair.Group,
                Behind: EventRows.Last(connection, pair.Topic.Id).Position - FirstOpen(connection, pair.Group) + 1))
            .OrderByDescending(candidate => candidate.Behind)
            .FirstOrDefault();
        return furthest.Behind > 0
            ? $"; group '{GroupRows.PublicName(furthest.Group.Name)}' of '{furthest.Name}' has about {furthest.Behind} events before it"
            : string.Empty;
    }

    // Up to where no group needs the log.
    private static long Limit(EventConnection connection, long topic, long gone)
    {
        var limit = EventRows.Last(connection, topic).Position;
        foreach (var group in Groups(connection, topic))
        {
            if (group.Seen is not { } seen || seen >= gone)
            {
                limit = Math.Min(limit, FirstOpen(connection, group) - 1);
            }
        }

        return limit;
    }

    // Heads of quiet partitions lie behind; only an event of the partition itself holds anything back.
    private static long FirstOpen(EventConnection connection, GroupSeen group)
    {
        var shares = ShareRows.ReadAll(connection, group.Id);
        var beyond = EventRows.FirstBeyond(
            connection, group.Topic, shares.ToDictionary(share => share.Partition, share => share.Head));
        return shares.SelectMany(share => share.Open)
            .Append(beyond?.Position ?? EventRows.Last(connection, group.Topic).Position + 1)
            .Min();
    }

    // A group that nobody was in for so long loses what goes, and its count stays right. How many those were.
    private static int Skip(EventConnection connection, GroupSeen group, long last)
    {
        var missed = 0;
        foreach (var share in ShareRows.ReadAll(connection, group.Id))
        {
            var behind = share.Open.Where(position => position <= last).ToList();
            var beyond = share.Head < last
                ? EventRows.PositionsOf(connection, group.Topic, share.Partition, share.Head, last).Count
                : 0;
            if (behind.Count > 0 || share.Head < last)
            {
                var head = Math.Max(share.Head, last);
                missed += behind.Count + beyond;
                ShareRows.SetProgress(
                    connection,
                    group.Id,
                    share.Partition,
                    head,
                    OpenPositions.Write(head, share.Open.Except(behind)),
                    behind.Count + beyond);
            }
        }

        return missed;
    }

    private static long LastBefore(EventConnection connection, long topic, long floor, long limit, long before) => connection.Prepare(
        "SELECT MAX(id) FROM event WHERE id > ?1 AND id <= ?2 AND stored < ?3")
        .Bind(1, EventRows.RowId(topic, floor)).Bind(2, EventRows.RowId(topic, limit)).Bind(3, before)
        .Scalar() is { } id
            ? EventRows.Position(id)
            : floor;

    private static (long Position, long Stored)? Oldest(EventConnection connection, long topic) =>
        EventRows.FirstFrom(connection, topic, TopicRows.Floor(connection, topic) + 1);

    private static List<GroupSeen> Groups(EventConnection connection, long topic)
    {
        var rows = connection.Prepare("SELECT id, name, seen FROM grp WHERE topic = ?1").Bind(1, topic);
        var groups = new List<GroupSeen>();
        while (rows.Step())
        {
            groups.Add(new GroupSeen(rows.Int64(0), topic, rows.Text(1), rows.IsNull(2) ? null : rows.Int64(2)));
        }

        return groups;
    }
}
