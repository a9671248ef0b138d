using CloudNative.Shared.EventLog;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Storage;

// The log.
internal sealed partial class PgTables
{
    private const string EventColumns = "position, partition, stored, due, key, source, id, type, attributes, data";

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

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static byte[]? BytesOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
