using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// The open log as its members use it. What fails because of the store fails with <see cref="LogFailure"/>.
/// </summary>
internal interface ILogSession
{
    TimeProvider TimeProvider { get; }

    /// <summary>The time by which events fall due, in Unix milliseconds.</summary>
    long Now { get; }

    Trouble Trouble { get; }

    /// <summary>Has the members look for events, as soon as the reader is free.</summary>
    void Wake();

    /// <summary>Reads on the reader's thread, in the order in which it was asked for.</summary>
    Task<T> ReadAsync<T>(Func<ILogTables, T> work);

    /// <summary>Changes something in one transaction.</summary>
    /// <param name="work">What to do; runs again when it failed along with others.</param>
    /// <param name="durable">Whether it has to be on the disk before the task completes.</param>
    Task<T> WriteAsync<T>(Func<ILogTables, ILogScope, T> work, bool durable = false);

    /// <summary>
    /// Writes what became of an event, unless its share was lost, and tells <see cref="GroupMember.Settled"/>. A null
    /// settlement puts one off that is not to be seen yet.
    /// </summary>
    /// <returns>Whether it counted.</returns>
    Task<bool> SettleAsync(GroupMember member, Entry entry, Settlement? settlement);

    /// <summary>Changes something of a member's shares, and tells the change when it is committed.</summary>
    Task ChangeAsync(GroupMember member, ShareChange change);

    /// <summary>Takes a place in a group.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="sink">Gets the deliveries.</param>
    /// <param name="ended">Called on the reader's thread when the member was put out.</param>
    Task<GroupMember> JoinAsync(SubscriptionSpec spec, IDeliverySink sink, Action<GroupMember> ended);

    /// <summary>Shows that a member works. False when it was put out of its group.</summary>
    Task<bool> BeatAsync(long id);

    /// <summary>Begins to read for a member.</summary>
    Task AddAsync(GroupMember member);

    /// <summary>Reads for a member no longer.</summary>
    Task RemoveAsync(GroupMember member);

    /// <summary>Takes work on that nobody else waits for.</summary>
    void Own(Task task);

    /// <summary>Puts a member out of its group, unless somebody was faster.</summary>
    void Evict(GroupRow group, SubscriberRow member, bool hasDied);

    /// <summary>Whether a process is known to have ended. On the reader's thread.</summary>
    bool IsGone(string member);

    /// <summary>Says that writing failed, and how.</summary>
    void WriteFailed(Exception exception);
}
