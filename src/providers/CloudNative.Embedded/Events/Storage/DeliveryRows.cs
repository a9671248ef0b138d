using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>What is to be delivered again, or later, as it stands in the store.</summary>
internal static class DeliveryRows
{
    private const string Columns = "position, partition, due, attempts, holds, died, history, "
        + "EXISTS (SELECT 1 FROM letter_edit WHERE edit_grp = grp AND edit_position = position)";

    public static void Put(EventConnection connection, long group, DeliveryRow row) =>
        connection.Prepare(
            """
            INSERT OR REPLACE INTO delivery (grp, position, partition, due, attempts, holds, died, history)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
            .Bind(1, group).Bind(2, row.Position).Bind(3, row.Partition).Bind(4, row.Due).Bind(5, row.Attempts)
            .Bind(6, row.Holds ? 1 : 0).Bind(7, row.Deaths).Bind(8, row.History).Run();

    public static void Remove(EventConnection connection, long group, long position) =>
        connection.Prepare("DELETE FROM delivery WHERE grp = ?1 AND position = ?2").Bind(1, group).Bind(2, position).Run();

    public static DeliveryRow? Find(EventConnection connection, long group, long position)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM delivery WHERE grp = ?1 AND position = ?2")
            .Bind(1, group).Bind(2, position);
        if (!rows.Step())
        {
            return null;
        }

        var found = Read(rows);
        rows.Reset();
        return found;
    }

    public static List<DeliveryRow> ReadAll(EventConnection connection, long group, IReadOnlySet<int> partitions)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM delivery WHERE grp = ?1 ORDER BY position").Bind(1, group);
        var found = new List<DeliveryRow>();
        while (rows.Step())
        {
            if (partitions.Contains((int)rows.Int64(1)))
            {
                found.Add(Read(rows));
            }
        }

        return found;
    }

    /// <summary>Those that are due for a first attempt: put off, or sent back by somebody.</summary>
    public static List<DeliveryRow> ReadFresh(EventConnection connection, long group, long now)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM delivery WHERE grp = ?1 AND attempts = 0 AND due <= ?2 ORDER BY position")
            .Bind(1, group).Bind(2, now);
        var found = new List<DeliveryRow>();
        while (rows.Step())
        {
            found.Add(Read(rows));
        }

        return found;
    }

    public static long Count(EventConnection connection, long group) =>
        connection.Prepare("SELECT COUNT(*) FROM delivery WHERE grp = ?1").Bind(1, group).Scalar()!.Value;

    public static long? FirstPosition(EventConnection connection, long group) =>
        connection.Prepare("SELECT MIN(position) FROM delivery WHERE grp = ?1").Bind(1, group).Scalar();

    /// <summary>Whether an event of a partition should have been delivered by a time.</summary>
    public static bool IsOverdue(EventConnection connection, long group, IReadOnlySet<int> partitions, long time)
    {
        var rows = connection.Prepare("SELECT partition FROM delivery WHERE grp = ?1 AND due <= ?2").Bind(1, group).Bind(2, time);
        var found = false;
        while (!found && rows.Step())
        {
            found = partitions.Contains((int)rows.Int64(0));
        }

        rows.Reset();
        return found;
    }

    public static void Clear(EventConnection connection, long group) =>
        connection.Prepare("DELETE FROM delivery WHERE grp = ?1").Bind(1, group).Run();

    private static DeliveryRow Read(Statement row) => new(
        row.Int64(0),
        (int)row.Int64(1),
        row.Int64(2),
        (int)row.Int64(3),
        row.Int64(4) != 0,
        (int)row.Int64(5),
        row.BytesOrNull(6),
        row.Int64(7) != 0);
}
