using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// Puts events aside whose keys are held. Whether they are is decided here, in the transaction: somebody may have
/// discarded what they were to wait for.
/// </summary>
internal sealed class PuttingAside(GroupMember member, IReadOnlyList<Entry> entries) : ShareChange
{
    private const string Detail = "An earlier event of its key is a dead letter; this one waits behind it.";

    private HashSet<string> _held = [];

    public override IReadOnlyList<Entry> Entries => entries;

    public override IReadOnlyList<Entry> Run(ILogTables tables, ILogScope scope, IReadOnlyList<Entry> entries)
    {
        var group = member.Group;
        _held = entries.Select(entry => entry.Key!).Distinct()
            .Where(key => tables.FindHeldKey(group.Id, key) is not null)
            .ToHashSet(StringComparer.Ordinal);
        var aside = entries.Where(entry => _held.Contains(entry.Key!)).ToList();
        if (aside.Count > 0)
        {
            var now = DateTimeOffset.FromUnixTimeMilliseconds(scope.Now);
            var history = History.Append(null, new DeliveryFailure(DeadLetterReason.EarlierDeadLetter, Detail, now, 0));
            tables.AddWaiting(group, aside.ConvertAll(entry => entry.Position), history);
            foreach (var entry in aside.Where(entry => entry.IsPassedOver))
            {
                tables.RemoveDelivery(group.Id, entry.Position);
            }
        }

        return aside;
    }

    public override void Committed(Func<Entry, bool> holds) => member.PutAside(entries, holds, _held);
}
