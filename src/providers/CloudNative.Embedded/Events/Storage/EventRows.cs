using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The log. Positions of a topic are one range of rowids.</summary>
internal static class EventRows
{
    private const string Columns = "id, partition, stored, due, key, source, event, type, attributes, data";

    public static long RowId(long topic, long position) => (topic << EventSchema.PositionBits) | position;

    public static long Position(long rowId) => rowId & EventSchema.LastPosition;

    /// <summary>The last position that was given out, with the time of that event; the floor and 0 when there is none.</summary>
    public static (long Position, long Stored) Last(EventConnection connection, long topic)
    {
        var rows = connection.Prepare("SELECT id, stored FROM event WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1")
            .Bind(1, RowId(topic, 0)).Bind(2, RowId(topic, EventSchema.LastPosition));
        if (!rows.Step())
        {
            return (TopicRows.Floor(connection, topic), 0);
        }

        var (position, stored) = (Position(rows.Int64(0)), rows.Int64(1));
        rows.Reset();
        // What a replay put back may be all there is, and lie below the floor.
        return (Math.Max(position, TopicRows.Floor(connection, topic)), stored);
    }

    /// <summary>Stores an event at a position unless one of its identity is there. True when it was stored.</summary>
    public static bool Insert(EventConnection connection, long topic, long position, long stored, in NewEvent item)
    {
        var envelope = item.Envelope;
        long? due = item.Delay > 0 ? long.Min(stored + item.Delay, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) : null;
        return connection.Prepare(
            """
            INSERT INTO event (id, partition, stored, due, key, identity, source, event, type, attributes, data)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (identity) DO NOTHING
            """)
            .Bind(1, RowId(topic, position)).Bind(2, Partitions.Of(envelope.Key, position)).Bind(3, stored).Bind(4, due)
            .Bind(5, envelope.Key).Bind(6, item.Identity).Bind(7, envelope.Source).Bind(8, envelope.Id).Bind(9, envelope.Type)
            .Bind(10, item.Attributes).Bind(11, envelope.Data.Span)
            .Run() == 1;
    }

    public static StoredEvent? Find(EventConnection connection, long topic, long position)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM event WHERE id = ?1").Bind(1, RowId(topic, position));
        if (!rows.Step())
        {
            return null;
        }

        var found = Read(rows);
        rows.Reset();
        return found;
    }

    /// <summary>
    /// Reads on after a position, at most so many rows, and gives those to <paramref name="take"/> that it wants by their partition and
    /// position. Returns the last position that was looked at.
    /// </summary>
    public static (long Last, int Rows) Scan(
        EventConnection connection, long topic, long after, int limit, Func<int, long, bool> wants, Action<StoredEvent> take)
    {
        var rows = connection.Prepare($"SELECT {Columns} FROM event WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3")
            .Bind(1, RowId(topic, after)).Bind(2, RowId(topic, EventSchema.LastPosition)).Bind(3, limit);
        var count = 0;
        while (rows.Step())
        {
            count++;
            after = Position(rows.Int64(0));
            if (wants((int)rows.Int64(1), after))
            {
                take(Read(rows));
            }
        }

        return (after, count);
    }

    /// <summary>The first event after a position that a share has not passed, given how far each has.</summary>
    public static (long Position, long Stored)? FirstBeyond(
        EventConnection connection, long topic, IReadOnlyDictionary<int, long> heads)
    {
        var rows = connection.Prepare("SELECT id, partition, stored FROM event WHERE id > ?1 AND id <= ?2 ORDER BY id")
            .Bind(1, RowId(topic, heads.Values.Min())).Bind(2, RowId(topic, EventSchema.LastPosition));
        while (rows.Step())
        {
            var position = Position(rows.Int64(0));
            if (heads.TryGetValue((int)rows.Int64(1), out var head) && position > head)
            {
                var first = (position, rows.Int64(2));
                rows.Reset();
                return first;
            }
        }

        return null;
    }

    /// <summary>The positions of a partition after one position and up to another, in rising order.</summary>
    public static List<long> PositionsOf(EventConnection connection, long topic, int partition, long after, long upTo)
    {
        var rows = connection.Prepare("SELECT id FROM event WHERE id > ?1 AND id <= ?2 AND partition = ?3 ORDER BY id")
            .Bind(1, RowId(topic, after)).Bind(2, RowId(topic, upTo)).Bind(3, partition);
        var positions = new List<long>();
        while (rows.Step())
        {
            positions.Add(Position(rows.Int64(0)));
        }

        return positions;
    }

    /// <summary>The first position at or after another, with the time it was stored.</summary>
    public static (long Position, long Stored)? FirstFrom(EventConnection connection, long topic, long position)
    {
        var rows = connection.Prepare("SELECT id, stored FROM event WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT 1")
            .Bind(1, RowId(topic, position)).Bind(2, RowId(topic, EventSchema.LastPosition));
        if (!rows.Step())
        {
            return null;
        }

        var first = (Position(rows.Int64(0)), rows.Int64(1));
        rows.Reset();
        return first;
    }

    /// <summary>The last position after the floor and up to a limit that was stored before a time; the floor when there is none.</summary>
    public static long LastBefore(EventConnection connection, long topic, long floor, long limit, long before) => connection.Prepare(
        "SELECT MAX(id) FROM event WHERE id > ?1 AND id <= ?2 AND stored < ?3")
        .Bind(1, RowId(topic, floor)).Bind(2, RowId(topic, limit)).Bind(3, before)
        .Scalar() is { } id
            ? Position(id)
            : floor;

    /// <summary>Removes what is up to a position, but for what some group is to get again.</summary>
    public static void Remove(EventConnection connection, long topic, long last) => connection.Prepare(
        """
        DELETE FROM event WHERE id > ?1 AND id <= ?2 AND NOT EXISTS (
            SELECT 1 FROM delivery JOIN grp ON grp.id = delivery.grp
            WHERE grp.topic = ?3 AND delivery.position = (event.id & ?4))
        """)
        .Bind(1, RowId(topic, 0)).Bind(2, RowId(topic, last)).Bind(3, topic).Bind(4, EventSchema.LastPosition).Run();

    private static StoredEvent Read(Statement row)
    {
        var envelope = Attributes.Read(
            row.Text(5), row.Text(6), row.Text(7), row.TextOrNull(4), row.BytesOrNull(8), row.Bytes(9), out var flaw);
        return new StoredEvent(
            Position(row.Int64(0)), (int)row.Int64(1), row.Int64(2), row.IsNull(3) ? 0 : row.Int64(3), envelope, flaw);
    }
}
