using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The tables of events.db, as what is common to all logs uses them.</summary>
internal sealed class SqliteTables(EventConnection connection) : ILogTables
{
    private const int PagesAtATime = 256;

    public long? FindTopic(string name) => TopicRows.Find(connection, name);

    public long FindOrAddTopic(string name) => TopicRows.FindOrAdd(connection, name);

    public List<(long Id, string Name)> Topics() => TopicRows.ReadAll(connection);

    public long Floor(long topic) => TopicRows.Floor(connection, topic);

    public void SetFloor(long topic, long floor) => TopicRows.SetFloor(connection, topic, floor);

    public (long Position, long Stored) Last(long topic) => EventRows.Last(connection, topic);

    public Dictionary<long, StoredEvent> FindEvents(long topic, IReadOnlyList<long> positions)
    {
        var found = new Dictionary<long, StoredEvent>(positions.Count);
        foreach (var position in positions)
        {
            if (EventRows.Find(connection, topic, position) is { } stored)
            {
                found[position] = stored;
            }
        }

        return found;
    }

    public (long Last, int Rows) Scan(long topic, long after, int limit, Func<int, long, bool> wants, Action<StoredEvent> take) =>
        EventRows.Scan(connection, topic, after, limit, wants, take);

    public (long Position, long Stored)? FirstBeyond(long topic, IReadOnlyDictionary<int, long> heads) =>
        EventRows.FirstBeyond(connection, topic, heads);

    public List<long> PositionsOf(long topic, int partition, long after, long upTo) =>
        EventRows.PositionsOf(connection, topic, partition, after, upTo);

    public (long Position, long Stored)? FirstFrom(long topic, long position) => EventRows.FirstFrom(connection, topic, position);

    public long LastBefore(long topic, long floor, long limit, long before) =>
        EventRows.LastBefore(connection, topic, floor, limit, before);

    public void RemoveEvents(long topic, long last)
    {
        EventRows.Remove(connection, topic, last);
        connection.Prepare($"PRAGMA incremental_vacuum({PagesAtATime})").Run();
    }

    public GroupRow? FindGroup(long topic, string name) => GroupRows.Find(connection, topic, name);

    public GroupRow? FindGroup(long id) => GroupRows.Find(connection, id);

    public List<(GroupRow Row, string Name)> SharedGroups() => GroupRows.ReadShared(connection);

    public List<GroupSeen> GroupsOf(long topic) => GroupRows.ReadSeen(connection, topic);

    public long? Epoch(long id) => GroupRows.Epoch(connection, id);

    public GroupRow AddGroup(long topic, string name, long start, string? member) =>
        GroupRows.Add(connection, topic, name, start, member);

    public void Advance(long id) => GroupRows.Advance(connection, id);

    public void SetSeen(long id, long? seen) => GroupRows.SetSeen(connection, id, seen);

    public void SetStart(long id, long start) => GroupRows.SetStart(connection, id, start);

    public void RemoveGroup(long id) => GroupRows.Remove(connection, id);

    public void RemoveIfBroadcast(long id) => GroupRows.RemoveIfBroadcast(connection, id);

    public List<ShareRow> Shares(long group) => ShareRows.ReadAll(connection, group);

    public void SetOwner(long group, int partition, long? owner) => ShareRows.SetOwner(connection, group, partition, owner);

    public bool Holds(long group, int partition, long token) => ShareRows.Holds(connection, group, partition, token);

    public void SetProgress(long group, int partition, long head, byte[]? open, long done) =>
        ShareRows.SetProgress(connection, group, partition, head, open, done);

    public void MoveShares(long group, long head) => ShareRows.Move(connection, group, head);

    public long AddMember(long group, SubscriberRow row) => SubscriberRows.Add(connection, group, row);

    public List<SubscriberRow> Members(long group) => SubscriberRows.ReadAll(connection, group);

    public int CountMembers(long group) => SubscriberRows.Count(connection, group);

    public bool Beat(long id) => SubscriberRows.Beat(connection, id);

    public void SetLeaving(long id) => SubscriberRows.SetLeaving(connection, id);

    public bool RemoveMember(long id) => SubscriberRows.Remove(connection, id);

    public void PutDelivery(long group, DeliveryRow row) => DeliveryRows.Put(connection, group, row);

    public void RemoveDelivery(long group, long position) => DeliveryRows.Remove(connection, group, position);

    public DeliveryRow? FindDelivery(long group, long position) => DeliveryRows.Find(connection, group, position);

    public List<DeliveryRow> Deliveries(long group, IReadOnlySet<int> partitions) =>
        DeliveryRows.ReadAll(connection, group, partitions);

    public List<DeliveryRow> FreshDeliveries(long group, long now) => DeliveryRows.ReadFresh(connection, group, now);

    public long CountDeliveries(long group) => DeliveryRows.Count(connection, group);

    public long? FirstDelivery(long group) => DeliveryRows.FirstPosition(connection, group);

    public bool IsOverdue(long group, IReadOnlySet<int> partitions, long time) =>
        DeliveryRows.IsOverdue(connection, group, partitions, time);

    public void ClearDeliveries(long group) => DeliveryRows.Clear(connection, group);

    public bool AddDeadLetter(GroupRow group, long position, byte[] history) =>
        DeadLetterRows.Add(connection, group, position, history);

    public void AddWaiting(GroupRow group, IReadOnlyList<long> positions, byte[] history)
    {
        foreach (var position in positions)
        {
            DeadLetterRows.Add(connection, group, position, history, waits: true);
        }
    }

    public LetterRow? FindLetter(long id) => DeadLetterRows.FindRow(connection, id);

    public LetterRow? FirstLetter(long group, string key) => DeadLetterRows.First(connection, group, key);

    public bool HasLetterBefore(long group, string key, long position) =>
        DeadLetterRows.HasBefore(connection, group, key, position);

    public void PutBack(GroupRow group, LetterRow letter, long now, bool holds) =>
        DeadLetterRows.PutBack(connection, group, letter, now, holds);

    public bool RemoveLetter(long id) => DeadLetterRows.Discard(connection, id);

    public bool EditLetter(long id, byte[] data, string by, long now) =>
        LetterEditRows.Put(connection, id, data, by, now);

    public Dictionary<long, byte[]> FindEdits(long group, IReadOnlyList<long> positions)
    {
        var found = new Dictionary<long, byte[]>();
        foreach (var position in positions)
        {
            if (LetterEditRows.Find(connection, group, position) is { } data)
            {
                found[position] = data;
            }
        }

        return found;
    }

    public void RemoveEdit(long group, long position) => LetterEditRows.Remove(connection, group, position);

    public void RemoveLostEdits(long group) => LetterEditRows.RemoveLost(connection, group);

    public void RemoveWaiting(long group, long from) => DeadLetterRows.RemoveWaiting(connection, group, from);

    public HeldKey? FindHeldKey(long group, string key) => HeldKeyRows.Find(connection, group, key);

    public List<HeldKey> HeldKeys(long group, IReadOnlySet<int> partitions) =>
        HeldKeyRows.ReadAll(connection, group, partitions);

    public void PutHeldKey(long group, HeldKey row) => HeldKeyRows.Put(connection, group, row);

    public void RemoveHeldKey(long group, string key) => HeldKeyRows.Remove(connection, group, key);

    public T InSnapshot<T>(Func<T> read)
    {
        connection.Execute("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            connection.Rollback();
        }
    }
}
