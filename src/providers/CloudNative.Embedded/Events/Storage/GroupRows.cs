using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The groups as they stand in the store.</summary>
internal static class GroupRows
{
    public static GroupRow? Find(EventConnection connection, long topic, string name) =>
        Read(connection.Prepare("SELECT id, topic, start, epoch FROM grp WHERE topic = ?1 AND name = ?2").Bind(1, topic).Bind(2, name));

    public static GroupRow? Find(EventConnection connection, long id) =>
        Read(connection.Prepare("SELECT id, topic, start, epoch FROM grp WHERE id = ?1").Bind(1, id));

    /// <summary>The groups that any process may take part in.</summary>
    public static List<(GroupRow Row, string Name)> ReadShared(EventConnection connection)
    {
        var rows = connection.Prepare("SELECT id, topic, start, epoch, name FROM grp WHERE member IS NULL");
        var groups = new List<(GroupRow, string)>();
        while (rows.Step())
        {
            groups.Add((new GroupRow(rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3)), rows.Text(4)));
        }

        return groups;
    }

    public static List<GroupSeen> ReadSeen(EventConnection connection, long topic)
    {
        var rows = connection.Prepare("SELECT id, name, seen FROM grp WHERE topic = ?1").Bind(1, topic);
        var groups = new List<GroupSeen>();
        while (rows.Step())
        {
            groups.Add(new GroupSeen(rows.Int64(0), topic, rows.Text(1), rows.IsNull(2) ? null : rows.Int64(2)));
        }

        return groups;
    }

    public static long? Epoch(EventConnection connection, long id) =>
        connection.Prepare("SELECT epoch FROM grp WHERE id = ?1").Bind(1, id).Scalar();

    public static GroupRow Add(EventConnection connection, long topic, string name, long start, string? member)
    {
        var id = connection.Prepare(
            "INSERT INTO grp (topic, name, start, epoch, member) VALUES (?1, ?2, ?3, 1, ?4) RETURNING id")
            .Bind(1, topic).Bind(2, name).Bind(3, start).Bind(4, member).Scalar()!.Value;
        for (var partition = 0; partition < Partitions.Count; partition++)
        {
            ShareRows.Add(connection, id, partition, start);
        }

        return new GroupRow(id, topic, start, 1);
    }

    /// <summary>Tells members that something changed which they did not do themselves.</summary>
    public static void Advance(EventConnection connection, long id) =>
        connection.Prepare("UPDATE grp SET epoch = epoch + 1 WHERE id = ?1").Bind(1, id).Run();

    /// <summary>Notes since when a group has no member; null when it has one.</summary>
    public static void SetSeen(EventConnection connection, long id, long? seen) =>
        connection.Prepare("UPDATE grp SET seen = ?2 WHERE id = ?1 AND seen IS NOT ?2").Bind(1, id).Bind(2, seen).Run();

    public static void SetStart(EventConnection connection, long id, long start) =>
        connection.Prepare("UPDATE grp SET start = ?2 WHERE id = ?1").Bind(1, id).Bind(2, start).Run();

    /// <summary>Forgets a group with all that belongs to it but its dead letters.</summary>
    public static void Remove(EventConnection connection, long id)
    {
        connection.Prepare("DELETE FROM delivery WHERE grp = ?1").Bind(1, id).Run();
        connection.Prepare("DELETE FROM held_key WHERE grp = ?1").Bind(1, id).Run();
        connection.Prepare("DELETE FROM share WHERE grp = ?1").Bind(1, id).Run();
        connection.Prepare("DELETE FROM subscriber WHERE grp = ?1").Bind(1, id).Run();
        connection.Prepare("DELETE FROM grp WHERE id = ?1").Bind(1, id).Run();
    }

    /// <summary>Forgets a group that was one process's alone.</summary>
    public static void RemoveIfBroadcast(EventConnection connection, long id)
    {
        if (connection.Prepare("SELECT COUNT(*) FROM grp WHERE id = ?1 AND member IS NOT NULL").Bind(1, id).Scalar() > 0)
        {
            Remove(connection, id);
        }
    }

    private static GroupRow? Read(Statement rows)
    {
        if (!rows.Step())
        {
            return null;
        }

        var group = new GroupRow(rows.Int64(0), rows.Int64(1), rows.Int64(2), rows.Int64(3));
        rows.Reset();
        return group;
    }
}
