using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// The end of an event that others of its key wait for in the store, or will; or whose data were changed, which are forgotten with it.
/// </summary>
internal sealed class KeySettlement(GroupMember member, Entry entry, Settlement settlement) : ShareChange
{
    private bool _isHeld;

    public override IReadOnlyList<Entry> Entries { get; } = [entry];

    /// <summary>Whether it counted.</summary>
    public bool Counts { get; private set; }

    public override IReadOnlyList<Entry> Run(ILogTables tables, ILogScope scope, IReadOnlyList<Entry> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        var change = SettleChange.Of(entry, settlement, scope.Now, keeps: true);
        var isLetter = change.DeadLetter is { } history && tables.AddDeadLetter(member.Group, entry.Position, history);
        if (change.IsRemoved)
        {
            tables.RemoveDelivery(member.Group.Id, entry.Position);
        }

        if (entry.IsEdited && !isLetter && settlement.Kind == SettlementKind.Complete)
        {
            tables.RemoveEdit(member.Group.Id, entry.Position);
        }

        if (entry.Key is null)
        {
            return entries;
        }

        _isHeld = isLetter
            ? KeySequence.GivenUp(
                tables, scope, member.Group, member.IsSequenced, entry.Key, entry.Share.Partition, entry.Position)
            : KeySequence.Done(tables, scope, member.Group, entry.Key, entry.Position);
        return entries;
    }

    public override void Committed(Func<Entry, bool> holds)
    {
        Counts = holds(entry);
        member.SettledKey(entry, settlement.Kind, Counts, _isHeld);
    }
}
