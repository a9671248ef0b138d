using CloudNative.Shared.EventLog;
using Npgsql;

namespace CloudNative.PostgreSql.Events.Storage;

/// <summary>The tables of the log in PostgreSQL, as what is common to all logs uses them.</summary>
/// <param name="connection">For one thread at a time.</param>
/// <param name="locks">
/// Whether the shares that are read stay as they are until the end of the transaction: settlements of others wait for
/// it.
/// </param>
internal sealed partial class PgTables(PgConnection connection, bool locks) : ILogTables
{
    private const string GroupColumns = "id, topic, start, epoch, name";
    private const string MemberColumns = "id, member, beat, duration, attempts, ordered, leaving, flight, sequenced";

    private readonly string _schema = connection.Schema;

    private string DeliveryColumns => "position, partition, due, attempts, holds, died, history, "
        + $"EXISTS (SELECT FROM {_schema}.letter_edits WHERE edit_grp = grp AND edit_position = position)";

    public long? FindTopic(string name) => connection.Number($"SELECT id FROM {_schema}.topics WHERE name = $1", name);

    public long FindOrAddTopic(string name)
    {
        if (FindTopic(name) is { } found)
        {
            return found;
        }

        connection.Run($"INSERT INTO {_schema}.topics (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", name);
        return FindTopic(name)!.Value;
    }

    public List<(long Id, string Name)> Topics() =>
        connection.Read(row => (row.GetInt64(0), row.GetString(1)), $"SELECT id, name FROM {_schema}.topics");

    public long Floor(long topic) => connection.Number($"SELECT floor FROM {_schema}.topics WHERE id = $1", topic) ?? 0;

    public void SetFloor(long topic, long floor) =>
        connection.Run($"UPDATE {_schema}.topics SET floor = $2 WHERE id = $1", topic, floor);

    public GroupRow? FindGroup(long topic, string name) => connection.First(
        ReadGroup, $"SELECT {GroupColumns} FROM {_schema}.groups WHERE topic = $1 AND name = $2", topic, name);

    public GroupRow? FindGroup(long id) =>
        connection.First(ReadGroup, $"SELECT {GroupColumns} FROM {_schema}.groups WHERE id = $1", id);

    public List<(GroupRow Row, string Name)> SharedGroups() => connection.Read(
        row => (ReadGroup(row), row.GetString(4)), $"SELECT {GroupColumns} FROM {_schema}.groups WHERE member IS NULL");

    public List<GroupSeen> GroupsOf(long topic) => connection.Read(
        row => new GroupSeen(row.GetInt64(0), topic, row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2)),
        $"SELECT id, name, seen FROM {_schema}.groups WHERE topic = $1",
        topic);

    public long? Epoch(long id) => connection.Number($"SELECT epoch FROM {_schema}.groups WHERE id = $1", id);

    public GroupRow AddGroup(long topic, string name, long start, string? member)
    {
        var id = connection.Number(
            $"INSERT INTO {_schema}.groups (topic, name, start, epoch, member) VALUES ($1, $2, $3, 1, $4::text) RETURNING id",
            topic,
            name,
            start,
            member)!.Value;
        connection.Run(
            $"INSERT INTO {_schema}.shares (grp, partition, token, head, done) "
            + "SELECT $1, partition, 0, $2, 0 FROM generate_series(0, $3 - 1) AS partition",
            id,
            start,
            Partitions.Count);
        return new GroupRow(id, topic, start, 1);
    }

    public void Advance(long id) => connection.Run($"UPDATE {_schema}.groups SET epoch = epoch + 1 WHERE id = $1", id);

    public void SetSeen(long id, long? seen) => connection.Run(
        $"UPDATE {_schema}.groups SET seen = $2::bigint WHERE id = $1 AND seen IS DISTINCT FROM $2::bigint", id, seen);

    public void SetStart(long id, long start) => connection.Run($"UPDATE {_schema}.groups SET start = $2 WHERE id = $1", id, start);

    public void RemoveGroup(long id)
    {
        connection.Run($"DELETE FROM {_schema}.deliveries WHERE grp = $1", id);
        connection.Run($"DELETE FROM {_schema}.held_keys WHERE grp = $1", id);
        connection.Run($"DELETE FROM {_schema}.shares WHERE grp = $1", id);
        connection.Run($"DELETE FROM {_schema}.members WHERE grp = $1", id);
        connection.Run($"DELETE FROM {_schema}.groups WHERE id = $1", id);
    }

    public void RemoveIfBroadcast(long id)
    {
        if (connection.Number($"SELECT count(*) FROM {_schema}.groups WHERE id = $1 AND member IS NOT NULL", id) > 0)
        {
            RemoveGroup(id);
        }
    }

    public List<ShareRow> Shares(long group) => connection.Read(
        row =>
        {
            var head = row.GetInt64(3);
            return new ShareRow(
                row.GetInt16(0),
                row.IsDBNull(1) ? null : row.GetInt64(1),
                row.GetInt64(2),
                head,
                row.IsDBNull(4) ? [] : OpenPositions.Read(head, row.GetFieldValue<byte[]>(4)),
                row.GetInt64(5));
        },
        $"SELECT partition, owner, token, head, open, done FROM {_schema}.shares WHERE grp = $1 ORDER BY partition"
        + (locks ? " FOR UPDATE" : string.Empty),
        group);

    public void SetOwner(long group, int partition, long? owner) => connection.Run(
        $"UPDATE {_schema}.shares SET owner = $3::bigint, token = token + 1 WHERE grp = $1 AND partition = $2", group, partition, owner);

    public bool Holds(long group, int partition, long token) =>
        connection.Number($"SELECT token FROM {_schema}.shares WHERE grp = $1 AND partition = $2", group, partition) == token;

    public void SetProgress(long group, int partition, long head, byte[]? open, long done) => connection.Run(
        $"UPDATE {_schema}.shares SET head = $3, open = $4::bytea, done = done + $5 WHERE grp = $1 AND partition = $2",
        group,
        partition,
        head,
        open,
        done);

    /// <summary>Sets what was done, too; it may run again when nobody knows whether it was committed.</summary>
    public void SetShare(long group, int partition, long head, byte[]? open, long done) => connection.Run(
        $"UPDATE {_schema}.shares SET head = $3, open = $4::bytea, done = $5 WHERE grp = $1 AND partition = $2",
        group,
        partition,
        head,
        open,
        done);

    public void MoveShares(long group, long head) => connection.Run(
        $"UPDATE {_schema}.shares SET owner = NULL, token = token + 1, head = $2, open = NULL, done = 0 WHERE grp = $1", group, head);

    public long AddMember(long group, SubscriberRow row) => connection.Number(
        $"INSERT INTO {_schema}.members (grp, member, beat, duration, attempts, ordered, leaving, flight, sequenced) "
        + "VALUES ($1, $2, 0, $3, $4, $5, false, $6, $7) RETURNING id",
        group,
        row.Member,
        row.Duration,
        row.Attempts,
        row.IsOrdered,
        row.Flight,
        row.IsSequenced)!.Value;

    public List<SubscriberRow> Members(long group) =>
        connection.Read(ReadMember, $"SELECT {MemberColumns} FROM {_schema}.members WHERE grp = $1 ORDER BY id", group);

    public int CountMembers(long group) => (int)connection.Number(
        $"SELECT count(DISTINCT member) FROM {_schema}.members WHERE grp = $1 AND NOT leaving", group)!.Value;

    public bool Beat(long id) => connection.Run($"UPDATE {_schema}.members SET beat = beat + 1 WHERE id = $1", id) == 1;

    public void SetLeaving(long id) => connection.Run($"UPDATE {_schema}.members SET leaving = true WHERE id = $1", id);

    public bool RemoveMember(long id) => connection.Run($"DELETE FROM {_schema}.members WHERE id = $1", id) == 1;

    /// <summary>What a member had noted to be under way.</summary>
    public List<(long Position, int Attempt)> Flights(long id)
    {
        var bytes = connection.First(
            row => row.IsDBNull(0) ? [] : row.GetFieldValue<byte[]>(0), $"SELECT flying FROM {_schema}.members WHERE id = $1", id);
        return FlightNotes.Read(bytes);
    }

    public void PutDelivery(long group, DeliveryRow row) => connection.Run(
        $"INSERT INTO {_schema}.deliveries (grp, position, partition, due, attempts, holds, died, history) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8::bytea) ON CONFLICT (grp, position) DO UPDATE SET due = excluded.due, "
        + "attempts = excluded.attempts, holds = excluded.holds, died = excluded.died, history = excluded.history",
        group,
        row.Position,
        row.Partition,
        row.Due,
        row.Attempts,
        row.Holds,
        row.Deaths,
        row.History);

    public void RemoveDelivery(long group, long position) =>
        connection.Run($"DELETE FROM {_schema}.deliveries WHERE grp = $1 AND position = $2", group, position);

    public DeliveryRow? FindDelivery(long group, long position) => connection.First(
        ReadDelivery, $"SELECT {DeliveryColumns} FROM {_schema}.deliveries WHERE grp = $1 AND position = $2", group, position);

    public List<DeliveryRow> Deliveries(long group, IReadOnlySet<int> partitions) => connection.Read(
        ReadDelivery,
        $"SELECT {DeliveryColumns} FROM {_schema}.deliveries WHERE grp = $1 AND partition = ANY ($2) ORDER BY position",
        group,
        partitions.ToArray());

    public List<DeliveryRow> FreshDeliveries(long group, long now) => connection.Read(
        ReadDelivery,
        $"SELECT {DeliveryColumns} FROM {_schema}.deliveries WHERE grp = $1 AND attempts = 0 AND due <= $2 ORDER BY position",
        group,
        now);

    public long CountDeliveries(long group) =>
        connection.Number($"SELECT count(*) FROM {_schema}.deliveries WHERE grp = $1", group)!.Value;

    public long? FirstDelivery(long group) => connection.Number($"SELECT min(position) FROM {_schema}.deliveries WHERE grp = $1", group);

    public bool IsOverdue(long group, IReadOnlySet<int> partitions, long time) => connection.Number(
        $"SELECT 1::bigint FROM {_schema}.deliveries WHERE grp = $1 AND due <= $2 AND partition = ANY ($3) LIMIT 1",
        group,
        time,
        partitions.ToArray()) is not null;

    public void ClearDeliveries(long group) => connection.Run($"DELETE FROM {_schema}.deliveries WHERE grp = $1", group);

    /// <summary>Grows with every event and with every change of a group.</summary>
    public long Version() => connection.Number(
        $"SELECT coalesce((SELECT sum(last) FROM {_schema}.topics), 0)::bigint "
        + $"+ coalesce((SELECT sum(epoch) FROM {_schema}.groups), 0)::bigint + (SELECT count(*) FROM {_schema}.groups)")!.Value;

    /// <summary>The processes that are in groups and whose lock the server does not hold.</summary>
    public List<string> MissingProcesses() => connection.Read(
        row => row.GetString(0),
        $"SELECT DISTINCT member FROM {_schema}.members WHERE member NOT IN (SELECT objid::text FROM pg_locks "
        + "WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = $1::bigint::oid "
        + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
        (long)AdvisoryLocks.ClassOf(_schema));

    /// <summary>The members of all groups.</summary>
    public List<(long Group, SubscriberRow Member)> AllMembers() => connection.Read(
        row => (row.GetInt64(9), ReadMember(row)), $"SELECT {MemberColumns}, grp FROM {_schema}.members ORDER BY id");

    public T InSnapshot<T>(Func<T> read)
    {
        using var transaction = connection.Begin(System.Data.IsolationLevel.RepeatableRead);
        return read();
    }

    private static GroupRow ReadGroup(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    private static SubscriberRow ReadMember(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt64(4),
        row.GetBoolean(5),
        row.GetBoolean(8),
        row.GetBoolean(6),
        row.GetString(7));

    private static DeliveryRow ReadDelivery(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt16(1),
        row.GetInt64(2),
        row.GetInt32(3),
        row.GetBoolean(4),
        row.GetInt32(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6),
        row.GetBoolean(7));
}
