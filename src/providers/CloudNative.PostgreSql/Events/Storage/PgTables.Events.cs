using CloudNative.Eventing;
using CloudNative.Shared.EventLog;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Storage;

// The log and the dead letters.
internal sealed partial class PgTables
{
    private const string EventColumns = "position, partition, stored, due, key, source, id, type, attributes, data";
    private const string LetterColumns = "letter, topic, grp_name, position, key, source, id, type, attributes, data, history";

    // What is copied of an event into a dead letter, and back.
    private const string Copied = "partition, stored, key, source, id, type, attributes, data";

    public (long Position, long Stored) Last(long topic)
    {
        var found = connection.Read(
            row => (row.GetInt64(0), row.GetInt64(1)), $"SELECT last, stored FROM {_schema}.topics WHERE id = $1", topic);
        return found.Count == 0 ? default : found[0];
    }

    public Dictionary<long, StoredEvent> FindEvents(long topic, IReadOnlyList<long> positions) => connection.Read(
        ReadEvent, $"SELECT {EventColumns} FROM {_schema}.events WHERE topic = $1 AND position = ANY ($2)", topic, positions.ToArray())
        .ToDictionary(stored => stored.Position);

    // What belongs to others comes without its content.
    public (long Last, int Rows) Scan(long topic, long after, int limit, Func<int, long, bool> wants, Action<StoredEvent> take)
    {
        var mine = Enumerable.Range(0, Partitions.Count).Where(partition => wants(partition, long.MaxValue)).ToArray();
        using var command = connection.Command(
            "SELECT position, partition, stored, due, "
            + "CASE WHEN mine THEN key END, CASE WHEN mine THEN source END, CASE WHEN mine THEN id END, "
            + "CASE WHEN mine THEN type END, CASE WHEN mine THEN attributes END, CASE WHEN mine THEN data END "
            + $"FROM (SELECT *, partition = ANY ($4) AS mine FROM {_schema}.events WHERE topic = $1 AND position > $2 "
            + "ORDER BY position LIMIT $3) AS e ORDER BY position",
            topic,
            after,
            limit,
            mine);
        using var rows = command.ExecuteReader();
        var count = 0;
        while (rows.Read())
        {
            count++;
            after = rows.GetInt64(0);
            if (!rows.IsDBNull(5) && wants(rows.GetInt16(1), after))
            {
                take(ReadEvent(rows));
            }
        }

        return (after, count);
    }

    public (long Position, long Stored)? FirstBeyond(long topic, IReadOnlyDictionary<int, long> heads) => FirstOf(
        $"SELECT e.position, e.stored FROM {_schema}.events e JOIN unnest($2, $3) AS h (partition, head) ON h.partition = e.partition "
        + "WHERE e.topic = $1 AND e.position > $4 AND e.position > h.head ORDER BY e.position LIMIT 1",
        topic,
        heads.Keys.ToArray(),
        heads.Values.ToArray(),
        heads.Values.Min());

    public List<long> PositionsOf(long topic, int partition, long after, long upTo) => connection.Read(
        row => row.GetInt64(0),
        $"SELECT position FROM {_schema}.events WHERE topic = $1 AND position > $3 AND position <= $4 AND partition = $2 ORDER BY position",
        topic,
        partition,
        after,
        upTo);

    public (long Position, long Stored)? FirstFrom(long topic, long position) => FirstOf(
        $"SELECT position, stored FROM {_schema}.events WHERE topic = $1 AND position >= $2 ORDER BY position LIMIT 1", topic, position);

    public long LastBefore(long topic, long floor, long limit, long before) => connection.Number(
        $"SELECT max(position) FROM {_schema}.events WHERE topic = $1 AND position > $2 AND position <= $3 AND stored < $4",
        topic,
        floor,
        limit,
        before) ?? floor;

    public void RemoveEvents(long topic, long last) => connection.Run(
        $"DELETE FROM {_schema}.events e WHERE e.topic = $1 AND e.position <= $2 AND NOT EXISTS (SELECT FROM {_schema}.deliveries d "
        + $"JOIN {_schema}.groups g ON g.id = d.grp WHERE g.topic = $1 AND d.position = e.position)",
        topic,
        last);

    public bool AddDeadLetter(GroupRow group, long position, byte[] history) => connection.Run(
        $"INSERT INTO {_schema}.dead_letters (topic, grp_name, grp, token, position, {Copied}, history) "
        + "SELECT t.name, g.name, g.id, s.token, e.position, e.partition, e.stored, e.key, e.source, e.id, e.type, e.attributes, e.data, "
        + $"$4 FROM {_schema}.events e JOIN {_schema}.groups g ON g.id = $2 JOIN {_schema}.topics t ON t.id = g.topic "
        + $"JOIN {_schema}.shares s ON s.grp = g.id AND s.partition = e.partition WHERE e.topic = $1 AND e.position = $3 "
        + "ON CONFLICT (grp, position, token) DO NOTHING",
        group.Topic,
        group.Id,
        position,
        history) == 1;

    public List<DeadLetter> ListLetters(DeadLetterQuery query) => connection.Read(
        ReadLetter,
        $"SELECT {LetterColumns} FROM {_schema}.dead_letters WHERE letter > $1 AND ($2::text IS NULL OR topic = $2) "
        + "AND ($3::text IS NULL OR grp_name = $3 OR starts_with(grp_name, $3 || '@')) ORDER BY letter LIMIT $4",
        query.After,
        query.Topic,
        query.Group,
        query.Limit);

    public DeadLetter? FindLetter(long letter) =>
        connection.First(ReadLetter, $"SELECT {LetterColumns} FROM {_schema}.dead_letters WHERE letter = $1", letter);

    public bool DiscardLetter(long letter) =>
        connection.Run($"DELETE FROM {_schema}.dead_letters WHERE letter = $1", letter) == 1;

    /// <summary>Sends one back to its group. Null when there is no such letter, or its group is forgotten.</summary>
    public long? ReplayLetter(long letter, long now)
    {
        var found = connection.Read(
            row => (Group: row.GetInt64(0), Topic: row.GetInt64(1), Position: row.GetInt64(2), Partition: (int)row.GetInt16(3)),
            $"SELECT g.id, g.topic, l.position, l.partition FROM {_schema}.dead_letters l JOIN {_schema}.groups g ON g.id = l.grp "
            + "WHERE l.letter = $1 FOR UPDATE OF l",
            letter);
        if (found.Count == 0)
        {
            return null;
        }

        // Where the log has removed the event meanwhile it comes back, without an identity: the same id may have been published again.
        var (group, topic, position, partition) = found[0];
        connection.Run(
            $"INSERT INTO {_schema}.events (topic, position, {Copied}) SELECT $1, position, {Copied} FROM {_schema}.dead_letters "
            + "WHERE letter = $2 ON CONFLICT (topic, position) DO NOTHING",
            topic,
            letter);
        PutDelivery(group, new DeliveryRow(position, partition, now, 0, Holds: false, Deaths: 0, null));
        DiscardLetter(letter);
        return group;
    }

    private (long Position, long Stored)? FirstOf(string sql, params ReadOnlySpan<object?> parameters)
    {
        var found = connection.Read(row => (row.GetInt64(0), row.GetInt64(1)), sql, parameters);
        return found.Count == 0 ? null : found[0];
    }

    private static StoredEvent ReadEvent(NpgsqlDataReader row)
    {
        var envelope = Attributes.Read(
            row.GetString(5), row.GetString(6), row.GetString(7), TextOrNull(row, 4), BytesOrNull(row, 8), row.GetFieldValue<byte[]>(9),
            out var flaw);
        return new StoredEvent(
            row.GetInt64(0), row.GetInt16(1), row.GetInt64(2), row.IsDBNull(3) ? 0 : row.GetInt64(3), envelope, flaw);
    }

    private static DeadLetter ReadLetter(NpgsqlDataReader row)
    {
        var data = row.GetFieldValue<byte[]>(9);
        var history = History.Read(row.GetFieldValue<byte[]>(10));
        return new DeadLetter
        {
            Id = row.GetInt64(0),
            Topic = row.GetString(1),
            Group = GroupNames.Public(row.GetString(2)),
            Position = row.GetInt64(3),
            Event = Attributes.Read(
                row.GetString(5), row.GetString(6), row.GetString(7), TextOrNull(row, 4), BytesOrNull(row, 8), data, out _),
            Raw = data,
            Failure = history[^1],
            History = history,
        };
    }

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static byte[]? BytesOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
