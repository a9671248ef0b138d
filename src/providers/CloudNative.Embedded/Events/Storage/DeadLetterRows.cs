using CloudNative.Eventing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The dead letters as they stand in the store: whole events, so that they outlive the log.</summary>
internal static class DeadLetterRows
{
    private const string Columns = "id, topic, grp, position, key, source, event, type, attributes, data, history";

    /// <summary>Copies an event of the log. False when the log does not have it any more.</summary>
    public static bool Add(EventConnection connection, GroupRow group, long position, byte[] history) => connection.Prepare(
        """
        INSERT INTO dead_letter (
            topic, grp, grp_id, position, partition, stored, key, source, event, type, attributes, data, history)
        SELECT topic.name, grp.name, grp.id, ?3, event.partition, event.stored, event.key, event.source, event.event,
            event.type, event.attributes, event.data, ?4
        FROM event, grp, topic WHERE event.id = ?1 AND grp.id = ?2 AND topic.id = grp.topic
        """)
        .Bind(1, EventRows.RowId(group.Topic, position)).Bind(2, group.Id).Bind(3, position).Bind(4, history).Run() == 1;

    public static List<DeadLetter> List(EventConnection connection, DeadLetterQuery query)
    {
        var rows = connection.Prepare(
            $"""
            SELECT {Columns} FROM dead_letter
            WHERE id > ?1 AND (?2 IS NULL OR topic = ?2) AND (?3 IS NULL OR grp = ?3 OR substr(grp, 1, length(?3) + 1) = ?3 || '@')
            ORDER BY id LIMIT ?4
            """)
            .Bind(1, query.After).Bind(2, query.Topic).Bind(3, query.Group).Bind(4, query.Limit);
        var letters = new List<DeadLetter>();
        while (rows.Step())
        {
            letters.Add(Read(rows));
        }

        return letters;
    }

    public static DeadLetter? Find(EventConnection connection, long id)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM dead_letter WHERE id = ?1").Bind(1, id);
        if (!rows.Step())
        {
            return null;
        }

        var found = Read(rows);
        rows.Reset();
        return found;
    }

    /// <summary>Sends one back to its group. Null when there is no such letter, or its group is forgotten.</summary>
    public static long? Replay(EventConnection connection, long id, long now)
    {
        var rows = connection.Prepare("SELECT grp_id, position, partition FROM dead_letter WHERE id = ?1").Bind(1, id);
        if (!rows.Step())
        {
            return null;
        }

        var (groupId, position, partition) = (rows.Int64(0), rows.Int64(1), (int)rows.Int64(2));
        rows.Reset();
        if (GroupRows.Find(connection, groupId) is not { } group)
        {
            return null;
        }

        PutBack(connection, group.Topic, position, id);
        DeliveryRows.Put(connection, groupId, new DeliveryRow(position, partition, now, 0, Holds: false, Deaths: 0, null));
        Discard(connection, id);
        return groupId;
    }

    public static bool Discard(EventConnection connection, long id) =>
        connection.Prepare("DELETE FROM dead_letter WHERE id = ?1").Bind(1, id).Run() == 1;

    // Where the log has removed the event meanwhile it comes back, without an identity: the same id may have been published again.
    private static void PutBack(EventConnection connection, long topic, long position, long id) => connection.Prepare(
        """
        INSERT OR IGNORE INTO event (id, partition, stored, key, source, event, type, attributes, data)
        SELECT ?1, partition, stored, key, source, event, type, attributes, data FROM dead_letter WHERE id = ?2
        """)
        .Bind(1, EventRows.RowId(topic, position)).Bind(2, id).Run();

    private static DeadLetter Read(Statement row)
    {
        var data = row.Bytes(9);
        var history = History.Read(row.Bytes(10));
        return new DeadLetter
        {
            Id = row.Int64(0),
            Topic = row.Text(1),
            Group = GroupNames.Public(row.Text(2)),
            Position = row.Int64(3),
            Event = Attributes.Read(row.Text(5), row.Text(6), row.Text(7), row.TextOrNull(4), row.BytesOrNull(8), data, out _),
            Raw = data,
            Failure = history[^1],
            History = history,
        };
    }
}
