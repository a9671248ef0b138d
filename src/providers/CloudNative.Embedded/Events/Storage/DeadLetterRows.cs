using CloudNative.Eventing;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The dead letters as they stand in the store: whole events, so that they outlive the log.</summary>
internal static class DeadLetterRows
{
    private const string Columns =
        "id, topic, grp, position, key, source, event, type, attributes, data, history, waits, "
        + "(SELECT COUNT(*) FROM dead_letter AS w "
        + "WHERE dead_letter.waits = 0 AND w.grp_id = dead_letter.grp_id AND w.key = dead_letter.key AND w.waits = 1), "
        + "edit_data, editor, edited";

    private const string Edited =
        "dead_letter LEFT JOIN letter_edit ON edit_grp = grp_id AND edit_position = position";

    private const string RowColumns = "id, grp_id, position, partition, key, waits";

    /// <summary>Copies an event of the log. False when the log does not have it any more.</summary>
    public static bool Add(
        EventConnection connection, GroupRow group, long position, byte[] history, bool waits = false) => connection.Prepare(
        """
        INSERT INTO dead_letter (
            topic, grp, grp_id, position, partition, stored, key, source, event, type, attributes, data, history, waits)
        SELECT topic.name, grp.name, grp.id, ?3, event.partition, event.stored, event.key, event.source, event.event,
            event.type, event.attributes, event.data, ?4, ?5
        FROM event, grp, topic WHERE event.id = ?1 AND grp.id = ?2 AND topic.id = grp.topic
        """)
        .Bind(1, EventRows.RowId(group.Topic, position)).Bind(2, group.Id).Bind(3, position).Bind(4, history)
        .Bind(5, waits ? 1 : 0).Run() == 1;

    public static List<DeadLetter> List(EventConnection connection, DeadLetterQuery query)
    {
        var rows = connection.Prepare(
            $"""
            SELECT {Columns} FROM {Edited}
            WHERE id > ?1 AND (?2 IS NULL OR topic = ?2) AND (?3 IS NULL OR grp = ?3 OR substr(grp, 1, length(?3) + 1) = ?3 || '@')
                AND (?5 IS NULL OR key = ?5) AND (?6 IS NULL OR waits = ?6)
            ORDER BY id LIMIT ?4
            """)
            .Bind(1, query.After).Bind(2, query.Topic).Bind(3, query.Group).Bind(4, query.Limit)
            .Bind(5, query.Key).Bind(6, query.IsWaiting is { } waits ? (waits ? 1L : 0L) : (long?)null);
        var letters = new List<DeadLetter>();
        while (rows.Step())
        {
            letters.Add(Read(rows));
        }

        return letters;
    }

    public static DeadLetter? Find(EventConnection connection, long id)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM {Edited} WHERE id = ?1").Bind(1, id);
        if (!rows.Step())
        {
            return null;
        }

        var found = Read(rows);
        rows.Reset();
        return found;
    }

    public static LetterRow? FindRow(EventConnection connection, long id) =>
        ReadRow(connection.Prepare($"SELECT {RowColumns} FROM dead_letter WHERE id = ?1").Bind(1, id));

    /// <summary>Those that failed in order of the log, then those that wait as they came.</summary>
    public static LetterRow? First(EventConnection connection, long group, string key) =>
        ReadRow(connection.Prepare(
            $"SELECT {RowColumns} FROM dead_letter WHERE grp_id = ?1 AND key = ?2 AND waits = 0 "
            + "ORDER BY position, id LIMIT 1")
            .Bind(1, group).Bind(2, key))
        ?? ReadRow(connection.Prepare(
            $"SELECT {RowColumns} FROM dead_letter WHERE grp_id = ?1 AND key = ?2 AND waits = 1 ORDER BY id LIMIT 1")
            .Bind(1, group).Bind(2, key));

    public static bool HasBefore(EventConnection connection, long group, string key, long position) =>
        connection.Prepare("SELECT 1 FROM dead_letter WHERE grp_id = ?1 AND key = ?2 AND position < ?3 LIMIT 1")
        .Bind(1, group).Bind(2, key).Bind(3, position).Scalar() is not null;

    /// <summary>Sends one back to its group.</summary>
    public static void PutBack(EventConnection connection, GroupRow group, LetterRow letter, long now, bool holds)
    {
        // Where the log has removed the event meanwhile it comes back, without an identity: the same id may have been
        // published again.
        connection.Prepare(
            """
            INSERT OR IGNORE INTO event (id, partition, stored, key, source, event, type, attributes, data)
            SELECT ?1, partition, stored, key, source, event, type, attributes, data FROM dead_letter WHERE id = ?2
            """)
            .Bind(1, EventRows.RowId(group.Topic, letter.Position)).Bind(2, letter.Id).Run();
        DeliveryRows.Put(
            connection, group.Id, new DeliveryRow(letter.Position, letter.Partition, now, 0, holds, Deaths: 0, null));
        Discard(connection, letter.Id);
    }

    public static void RemoveWaiting(EventConnection connection, long group, long from) =>
        connection.Prepare("DELETE FROM dead_letter WHERE grp_id = ?1 AND waits = 1 AND position >= ?2")
            .Bind(1, group).Bind(2, from).Run();

    public static bool Discard(EventConnection connection, long id) =>
        connection.Prepare("DELETE FROM dead_letter WHERE id = ?1").Bind(1, id).Run() == 1;

    private static LetterRow? ReadRow(Statement rows)
    {
        if (!rows.Step())
        {
            return null;
        }

        var row = new LetterRow(
            rows.Int64(0), rows.Int64(1), rows.Int64(2), (int)rows.Int64(3), rows.TextOrNull(4), rows.Int64(5) != 0);
        rows.Reset();
        return row;
    }

    private static DeadLetter Read(Statement row)
    {
        var original = row.Bytes(9);
        var data = row.BytesOrNull(13) ?? original;
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
            Edit = row.IsNull(13) ? null : new DeadLetterEdit
            {
                Original = original,
                By = row.Text(14),
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(15)),
            },
            IsWaiting = row.Int64(11) != 0,
            Waiting = row.Int64(12),
        };
    }
}
