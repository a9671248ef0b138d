using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The partitions of groups as they stand in the store.</summary>
internal static class ShareRows
{
    public static void Add(EventConnection connection, long group, int partition, long head) =>
        connection.Prepare("INSERT INTO share (grp, partition, token, head, done) VALUES (?1, ?2, 0, ?3, 0)")
            .Bind(1, group).Bind(2, partition).Bind(3, head).Run();

    public static List<ShareRow> ReadAll(EventConnection connection, long group)
    {
        var rows = connection.Prepare("SELECT partition, owner, token, head, open, done FROM share WHERE grp = ?1 ORDER BY partition")
            .Bind(1, group);
        var shares = new List<ShareRow>(Partitions.Count);
        while (rows.Step())
        {
            var head = rows.Int64(3);
            shares.Add(new ShareRow(
                (int)rows.Int64(0),
                rows.IsNull(1) ? null : rows.Int64(1),
                rows.Int64(2),
                head,
                rows.IsNull(4) ? [] : OpenPositions.Read(head, rows.Bytes(4)),
                rows.Int64(5)));
        }

        return shares;
    }

    /// <summary>Gives a partition to a member, or to nobody; tokens of before do not count any more.</summary>
    public static void SetOwner(EventConnection connection, long group, int partition, long? owner) =>
        connection.Prepare("UPDATE share SET owner = ?3, token = token + 1 WHERE grp = ?1 AND partition = ?2")
            .Bind(1, group).Bind(2, partition).Bind(3, owner).Run();

    public static bool Holds(EventConnection connection, long group, int partition, long token) =>
        connection.Prepare("SELECT token FROM share WHERE grp = ?1 AND partition = ?2")
            .Bind(1, group).Bind(2, partition).Scalar() == token;

    public static void SetProgress(EventConnection connection, long group, int partition, long head, byte[]? open, long done) =>
        connection.Prepare("UPDATE share SET head = ?3, open = ?4, done = done + ?5 WHERE grp = ?1 AND partition = ?2")
            .Bind(1, group).Bind(2, partition).Bind(3, head).Bind(4, open).Bind(5, done).Run();

    /// <summary>Moves all of a group; whoever has something of it in hand loses it.</summary>
    public static void Move(EventConnection connection, long group, long head) =>
        connection.Prepare("UPDATE share SET owner = NULL, token = token + 1, head = ?2, open = NULL, done = 0 WHERE grp = ?1")
            .Bind(1, group).Bind(2, head).Run();
}
