using CloudNative.Eventing;
using CloudNative.Shared.EventLog;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Storage;

// The dead letters, and the keys whose events wait behind one.
internal sealed partial class PgTables
{
    private const string RowColumns = "letter, grp, position, partition, key, waits";

    // What is copied of an event into a dead letter, and back.
    private const string Copied = "partition, stored, key, source, id, type, attributes, data";

    private string LetterColumns =>
        "letter, topic, grp_name, position, key, source, id, type, attributes, data, history, waits, (SELECT count(*) "
        + $"FROM {_schema}.dead_letters w WHERE NOT l.waits AND w.grp = l.grp AND w.key = l.key AND w.waits), "
        + "edit_data, editor, edited";

    private string Letters => $"{_schema}.dead_letters l "
        + $"LEFT JOIN {_schema}.letter_edits ON edit_grp = grp AND edit_position = position";

    public bool AddDeadLetter(GroupRow group, long position, byte[] history) => connection.Run(
        $"INSERT INTO {_schema}.dead_letters (topic, grp_name, grp, token, position, {Copied}, history) "
        + "SELECT t.name, g.name, g.id, s.token, e.position, e.partition, e.stored, e.key, e.source, e.id, e.type, "
        + "e.attributes, e.data, "
        + $"$4 FROM {_schema}.events e JOIN {_schema}.groups g ON g.id = $2 JOIN {_schema}.topics t ON t.id = g.topic "
        + $"JOIN {_schema}.shares s ON s.grp = g.id AND s.partition = e.partition "
        + "WHERE e.topic = $1 AND e.position = $3 "
        + "ON CONFLICT (grp, position, token) DO NOTHING",
        group.Topic,
        group.Id,
        position,
        history) == 1;

    public List<DeadLetter> ListLetters(DeadLetterQuery query) => connection.Read(
        ReadLetter,
        $"SELECT {LetterColumns} FROM {Letters} WHERE letter > $1 AND ($2::text IS NULL OR topic = $2) "
        + "AND ($3::text IS NULL OR grp_name = $3 OR starts_with(grp_name, $3 || '@')) "
        + "AND ($5::text IS NULL OR key = $5) AND ($6::boolean IS NULL OR waits = $6) ORDER BY letter LIMIT $4",
        query.After,
        query.Topic,
        query.Group,
        query.Limit,
        query.Key,
        query.IsWaiting);

    public DeadLetter? ReadLetter(long letter) =>
        connection.First(ReadLetter, $"SELECT {LetterColumns} FROM {Letters} WHERE letter = $1", letter);

    public bool RemoveLetter(long id) =>
        connection.Run($"DELETE FROM {_schema}.dead_letters WHERE letter = $1", id) == 1;

    public void AddWaiting(GroupRow group, IReadOnlyList<long> positions, byte[] history) => connection.Run(
        $"INSERT INTO {_schema}.dead_letters (topic, grp_name, grp, token, position, {Copied}, history, waits) "
        + "SELECT t.name, g.name, g.id, s.token, e.position, e.partition, e.stored, e.key, e.source, e.id, e.type, "
        + "e.attributes, e.data, "
        + "$4, true FROM unnest($3) WITH ORDINALITY AS n (position, n) "
        + $"JOIN {_schema}.events e ON e.topic = $1 AND e.position = n.position "
        + $"JOIN {_schema}.groups g ON g.id = $2 JOIN {_schema}.topics t ON t.id = g.topic "
        + $"JOIN {_schema}.shares s ON s.grp = g.id AND s.partition = e.partition ORDER BY n.n "
        + "ON CONFLICT (grp, position, token) DO NOTHING",
        group.Topic,
        group.Id,
        positions.ToArray(),
        history);

    public LetterRow? FindLetter(long id) =>
        connection.First(ReadRow, $"SELECT {RowColumns} FROM {_schema}.dead_letters WHERE letter = $1", id);

    public LetterRow? FirstLetter(long group, string key) =>
        connection.First(
            ReadRow,
            $"SELECT {RowColumns} FROM {_schema}.dead_letters WHERE grp = $1 AND key = $2 AND NOT waits "
            + "ORDER BY position, letter LIMIT 1",
            group,
            key)
        ?? connection.First(
            ReadRow,
            $"SELECT {RowColumns} FROM {_schema}.dead_letters WHERE grp = $1 AND key = $2 AND waits "
            + "ORDER BY letter LIMIT 1",
            group,
            key);

    public bool HasLetterBefore(long group, string key, long position) => connection.Number(
        $"SELECT 1::bigint FROM {_schema}.dead_letters WHERE grp = $1 AND key = $2 AND position < $3 LIMIT 1",
        group,
        key,
        position) is not null;

    public void PutBack(GroupRow group, LetterRow letter, long now, bool holds)
    {
        // Where the log has removed the event meanwhile it comes back, without an identity: the same id may have been
        // published again.
        connection.Run(
            $"INSERT INTO {_schema}.events (topic, position, {Copied}) "
            + $"SELECT $1, position, {Copied} FROM {_schema}.dead_letters WHERE letter = $2 ON CONFLICT (topic, position) DO NOTHING",
            group.Topic,
            letter.Id);
        PutDelivery(group.Id, new DeliveryRow(letter.Position, letter.Partition, now, 0, holds, Deaths: 0, null));
        RemoveLetter(letter.Id);
    }

    public bool EditLetter(long id, byte[] data, string by, long now) => connection.Run(
        $"INSERT INTO {_schema}.letter_edits (edit_grp, edit_position, edit_data, editor, edited) "
        + $"SELECT grp, position, $2, $3, $4 FROM {_schema}.dead_letters WHERE letter = $1 "
        + "ON CONFLICT (edit_grp, edit_position) DO UPDATE SET "
        + "edit_data = excluded.edit_data, editor = excluded.editor, edited = excluded.edited",
        id,
        data,
        by,
        now) == 1;

    public Dictionary<long, byte[]> FindEdits(long group, IReadOnlyList<long> positions) => connection.Read(
        row => (Position: row.GetInt64(0), Data: row.GetFieldValue<byte[]>(1)),
        $"SELECT edit_position, edit_data FROM {_schema}.letter_edits WHERE edit_grp = $1 AND edit_position = ANY ($2)",
        group,
        positions.ToArray()).ToDictionary(edit => edit.Position, edit => edit.Data);

    public void RemoveEdit(long group, long position) => connection.Run(
        $"DELETE FROM {_schema}.letter_edits WHERE edit_grp = $1 AND edit_position = $2", group, position);

    public void RemoveLostEdits(long group) => connection.Run(
        $"DELETE FROM {_schema}.letter_edits WHERE edit_grp = $1 AND NOT EXISTS "
        + $"(SELECT FROM {_schema}.dead_letters WHERE grp = edit_grp AND position = edit_position)",
        group);

    public void RemoveWaiting(long group, long from) =>
        connection.Run($"DELETE FROM {_schema}.dead_letters WHERE grp = $1 AND waits AND position >= $2", group, from);

    public HeldKey? FindHeldKey(long group, string key) => connection.First(
        ReadHeldKey,
        $"SELECT key, partition, released FROM {_schema}.held_keys WHERE grp = $1 AND key = $2",
        group,
        key);

    public List<HeldKey> HeldKeys(long group, IReadOnlySet<int> partitions) => connection.Read(
        ReadHeldKey,
        $"SELECT key, partition, released FROM {_schema}.held_keys WHERE grp = $1 AND partition = ANY ($2)",
        group,
        partitions.ToArray());

    public void PutHeldKey(long group, HeldKey row) => connection.Run(
        $"INSERT INTO {_schema}.held_keys (grp, key, partition, released) VALUES ($1, $2, $3, $4::bigint) "
        + "ON CONFLICT (grp, key) DO UPDATE SET released = excluded.released",
        group,
        row.Key,
        row.Partition,
        row.Released);

    public void RemoveHeldKey(long group, string key) =>
        connection.Run($"DELETE FROM {_schema}.held_keys WHERE grp = $1 AND key = $2", group, key);

    private static LetterRow ReadRow(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt16(3), TextOrNull(row, 4), row.GetBoolean(5));

    private static HeldKey ReadHeldKey(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt16(1), row.IsDBNull(2) ? null : row.GetInt64(2));

    private static DeadLetter ReadLetter(NpgsqlDataReader row)
    {
        var original = row.GetFieldValue<byte[]>(9);
        var data = BytesOrNull(row, 13) ?? original;
        var history = History.Read(row.GetFieldValue<byte[]>(10));
        return new DeadLetter
        {
            Id = row.GetInt64(0),
            Topic = row.GetString(1),
            Group = GroupNames.Public(row.GetString(2)),
            Position = row.GetInt64(3),
            Event = Attributes.Read(
                row.GetString(5), row.GetString(6), row.GetString(7), TextOrNull(row, 4), BytesOrNull(row, 8), data,
                out _),
            Raw = data,
            Failure = history[^1],
            History = history,
            Edit = row.IsDBNull(13) ? null : new DeadLetterEdit
            {
                Original = original,
                By = row.GetString(14),
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(15)),
            },
            IsWaiting = row.GetBoolean(11),
            Waiting = row.GetInt64(12),
        };
    }
}
