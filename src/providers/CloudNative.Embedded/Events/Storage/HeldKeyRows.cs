using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The keys whose events wait behind a dead letter, as they stand in the store.</summary>
internal static class HeldKeyRows
{
    public static HeldKey? Find(EventConnection connection, long group, string key)
    {
        var rows = connection.Prepare("SELECT key, partition, released FROM held_key WHERE grp = ?1 AND key = ?2")
            .Bind(1, group).Bind(2, key);
        if (!rows.Step())
        {
            return null;
        }

        var found = Read(rows);
        rows.Reset();
        return found;
    }

    public static List<HeldKey> ReadAll(EventConnection connection, long group, IReadOnlySet<int> partitions)
    {
        var rows = connection.Prepare("SELECT key, partition, released FROM held_key WHERE grp = ?1").Bind(1, group);
        var found = new List<HeldKey>();
        while (rows.Step())
        {
            if (partitions.Contains((int)rows.Int64(1)))
            {
                found.Add(Read(rows));
            }
        }

        return found;
    }

    public static void Put(EventConnection connection, long group, HeldKey row) =>
        connection.Prepare("INSERT OR REPLACE INTO held_key (grp, key, partition, released) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, group).Bind(2, row.Key).Bind(3, row.Partition).Bind(4, row.Released).Run();

    public static void Remove(EventConnection connection, long group, string key) =>
        connection.Prepare("DELETE FROM held_key WHERE grp = ?1 AND key = ?2").Bind(1, group).Bind(2, key).Run();

    private static HeldKey Read(Statement row) =>
        new(row.Text(0), (int)row.Int64(1), row.IsNull(2) ? null : row.Int64(2));
}
