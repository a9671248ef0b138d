namespace CloudNative.Shared.EventLog;

/// <summary>
/// The tables of the log, as the algorithms above them need them. Used by one thread at a time: on the reader's to
/// look, on the writer's within a transaction, where what was read stays as it is until the end.
/// </summary>
internal interface ILogTables
{
    // Topics. They are never removed, so that positions are never used again.
    long? FindTopic(string name);

    long FindOrAddTopic(string name);

    List<(long Id, string Name)> Topics();

    /// <summary>The highest position that was removed for being old.</summary>
    long Floor(long topic);

    void SetFloor(long topic, long floor);

    // Events.

    /// <summary>
    /// The last position that was given out, with the time of that event; the floor and 0 when there is none.
    /// </summary>
    (long Position, long Stored) Last(long topic);

    Dictionary<long, StoredEvent> FindEvents(long topic, IReadOnlyList<long> positions);

    /// <summary>
    /// Reads on after a position, at most so many rows, and gives those to <paramref name="take"/> that it wants by
    /// their partition and position. Returns the last position that was looked at.
    /// </summary>
    (long Last, int Rows) Scan(long topic, long after, int limit, Func<int, long, bool> wants, Action<StoredEvent> take);

    /// <summary>The first event after a position that a share has not passed, given how far each has.</summary>
    (long Position, long Stored)? FirstBeyond(long topic, IReadOnlyDictionary<int, long> heads);

    /// <summary>The positions of a partition after one position and up to another, in rising order.</summary>
    List<long> PositionsOf(long topic, int partition, long after, long upTo);

    /// <summary>The first position at or after another, with the time it was stored.</summary>
    (long Position, long Stored)? FirstFrom(long topic, long position);

    /// <summary>
    /// The last position after the floor and up to a limit that was stored before a time; the floor when there is none.
    /// </summary>
    long LastBefore(long topic, long floor, long limit, long before);

    /// <summary>Removes what is up to a position, but for what some group is to get again.</summary>
    void RemoveEvents(long topic, long last);

    // Groups.
    GroupRow? FindGroup(long topic, string name);

    GroupRow? FindGroup(long id);

    /// <summary>The groups that any process may take part in.</summary>
    List<(GroupRow Row, string Name)> SharedGroups();

    List<GroupSeen> GroupsOf(long topic);

    long? Epoch(long id);

    GroupRow AddGroup(long topic, string name, long start, string? member);

    /// <summary>Tells members that something changed which they did not do themselves.</summary>
    void Advance(long id);

    /// <summary>Notes since when a group has no member; null when it has one.</summary>
    void SetSeen(long id, long? seen);

    void SetStart(long id, long start);

    /// <summary>Forgets a group with all that belongs to it but its dead letters.</summary>
    void RemoveGroup(long id);

    /// <summary>Forgets a group that was one process's alone.</summary>
    void RemoveIfBroadcast(long id);

    // Shares.
    List<ShareRow> Shares(long group);

    /// <summary>Gives a partition to a member, or to nobody; tokens of before do not count any more.</summary>
    void SetOwner(long group, int partition, long? owner);

    bool Holds(long group, int partition, long token);

    /// <summary>Sets head and open positions; what was done is added.</summary>
    void SetProgress(long group, int partition, long head, byte[]? open, long done);

    /// <summary>Moves all of a group; whoever has something of it in hand loses it.</summary>
    void MoveShares(long group, long head);

    // Members, in the order in which they came.
    long AddMember(long group, SubscriberRow row);

    List<SubscriberRow> Members(long group);

    /// <summary>How many processes take part; one that has more than one place counts once.</summary>
    int CountMembers(long group);

    /// <summary>False when it was put out of its group.</summary>
    bool Beat(long id);

    void SetLeaving(long id);

    bool RemoveMember(long id);

    // What is to be delivered again, or later.
    void PutDelivery(long group, DeliveryRow row);

    void RemoveDelivery(long group, long position);

    DeliveryRow? FindDelivery(long group, long position);

    List<DeliveryRow> Deliveries(long group, IReadOnlySet<int> partitions);

    /// <summary>Those that are due for a first attempt: put off, or sent back by somebody.</summary>
    List<DeliveryRow> FreshDeliveries(long group, long now);

    long CountDeliveries(long group);

    long? FirstDelivery(long group);

    /// <summary>Whether an event of a partition should have been delivered by a time.</summary>
    bool IsOverdue(long group, IReadOnlySet<int> partitions, long time);

    void ClearDeliveries(long group);

    // Dead letters, and the keys whose events wait behind one.

    /// <summary>Copies an event of the log. False when the log does not have it any more.</summary>
    bool AddDeadLetter(GroupRow group, long position, byte[] history);

    /// <summary>Copies events of the log, in this order, to wait behind a dead letter of their key.</summary>
    void AddWaiting(GroupRow group, IReadOnlyList<long> positions, byte[] history);

    LetterRow? FindLetter(long id);

    /// <summary>
    /// The letter of a key that is to go first: those that failed in order of the log, then those that wait as they
    /// came.
    /// </summary>
    LetterRow? FirstLetter(long group, string key);

    bool HasLetterBefore(long group, string key, long position);

    /// <summary>Has a group get a letter again, as a first attempt, and removes the letter.</summary>
    void PutBack(GroupRow group, LetterRow letter, long now, bool holds);

    bool RemoveLetter(long id);

    /// <summary>Notes what the data of a letter were changed to. False when there is no such letter.</summary>
    bool EditLetter(long id, byte[] data, string by, long now);

    /// <summary>What the data of events were changed to, by their positions.</summary>
    Dictionary<long, byte[]> FindEdits(long group, IReadOnlyList<long> positions);

    void RemoveEdit(long group, long position);

    /// <summary>Removes what was changed of events that are no letters of the group.</summary>
    void RemoveLostEdits(long group);

    /// <summary>Removes those that wait, from a position on.</summary>
    void RemoveWaiting(long group, long from);

    HeldKey? FindHeldKey(long group, string key);

    List<HeldKey> HeldKeys(long group, IReadOnlySet<int> partitions);

    void PutHeldKey(long group, HeldKey row);

    void RemoveHeldKey(long group, string key);

    /// <summary>Reads several things as they were at one moment.</summary>
    T InSnapshot<T>(Func<T> read);
}
