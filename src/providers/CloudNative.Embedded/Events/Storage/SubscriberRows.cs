using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The members of groups as they stand in the store.</summary>
internal static class SubscriberRows
{
    private const string Columns = "id, member, beat, duration, attempts, ordered, leaving, flight, sequenced";

    public static long Add(EventConnection connection, long group, SubscriberRow row) =>
        connection.Prepare(
            """
            INSERT INTO subscriber (grp, member, beat, duration, attempts, ordered, leaving, flight, sequenced)
            VALUES (?1, ?2, 0, ?3, ?4, ?5, 0, ?6, ?7) RETURNING id
            """)
            .Bind(1, group).Bind(2, row.Member).Bind(3, row.Duration).Bind(4, row.Attempts).Bind(5, row.IsOrdered ? 1 : 0)
            .Bind(6, row.Flight).Bind(7, row.IsSequenced ? 1 : 0).Scalar()!.Value;

    /// <summary>The members in the order in which they came.</summary>
    public static List<SubscriberRow> ReadAll(EventConnection connection, long group)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM subscriber WHERE grp = ?1 ORDER BY id").Bind(1, group);
        var members = new List<SubscriberRow>();
        while (rows.Step())
        {
            members.Add(Read(rows));
        }

        return members;
    }

    /// <summary>The members of all groups.</summary>
    public static List<(long Group, SubscriberRow Member)> ReadAll(EventConnection connection)
    {
        var rows = connection.Prepare($"SELECT {Columns}, grp FROM subscriber ORDER BY id");
        var members = new List<(long, SubscriberRow)>();
        while (rows.Step())
        {
            members.Add((rows.Int64(9), Read(rows)));
        }

        return members;
    }

    /// <summary>How many processes take part; one that has more than one place counts once.</summary>
    public static int Count(EventConnection connection, long group) => (int)connection
        .Prepare("SELECT COUNT(DISTINCT member) FROM subscriber WHERE grp = ?1 AND leaving = 0").Bind(1, group).Scalar()!.Value;

    /// <summary>False when it was put out of its group.</summary>
    public static bool Beat(EventConnection connection, long id) =>
        connection.Prepare("UPDATE subscriber SET beat = beat + 1 WHERE id = ?1").Bind(1, id).Run() == 1;

    public static void SetLeaving(EventConnection connection, long id) =>
        connection.Prepare("UPDATE subscriber SET leaving = 1 WHERE id = ?1").Bind(1, id).Run();

    public static bool Remove(EventConnection connection, long id) =>
        connection.Prepare("DELETE FROM subscriber WHERE id = ?1").Bind(1, id).Run() == 1;

    private static SubscriberRow Read(Statement row) => new(
        row.Int64(0),
        row.Text(1),
        row.Int64(2),
        row.Int64(3),
        row.Int64(4),
        row.Int64(5) != 0,
        row.Int64(8) != 0,
        row.Int64(6) != 0,
        row.Text(7));
}
