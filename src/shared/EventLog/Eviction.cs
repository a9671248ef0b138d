using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// Puts a member out of its group whose process died, or stopped working on what it has. What it had in flight counts
/// as an attempt; an event that has used up its attempts in this way becomes a dead letter, so that one that kills
/// whoever handles it does not go on for ever.
/// </summary>
internal static class Eviction
{
    /// <summary>
    /// In a transaction. <paramref name="flights"/> is what the member had noted. False when somebody was faster.
    /// </summary>
    public static bool Run(
        ILogTables tables,
        ILogScope scope,
        GroupRow group,
        SubscriberRow member,
        IEnumerable<(long Position, int Attempt)> flights,
        bool hasDied)
    {
        if (!tables.RemoveMember(member.Id))
        {
            return false;
        }

        var shares = tables.Shares(group.Id).Where(share => share.Owner == member.Id).ToList();
        var byPartition = shares.ToDictionary(share => share.Partition);
        var noted = flights.ToList();
        var events = noted.Count == 0 ? [] : tables.FindEvents(group.Topic, [.. noted.Select(slot => slot.Position).Distinct()]);
        var flying = noted
            .Select(slot => (slot.Position, slot.Attempt, Event: events.GetValueOrDefault(slot.Position)))
            .Where(slot => slot.Event is not null && byPartition.ContainsKey(slot.Event.Partition))
            .ToLookup(slot => slot.Event!.Partition);
        foreach (var share in shares)
        {
            var passed = new List<long>();
            foreach (var (position, attempt, stored) in flying[share.Partition])
            {
                Count(tables, scope, group, member, share, stored!, attempt, hasDied, passed);
            }

            Pass(tables, group, share, passed);
            tables.SetOwner(group.Id, share.Partition, null);
        }

        if (tables.Members(group.Id).Count == 0)
        {
            tables.SetSeen(group.Id, scope.Now);
            tables.RemoveIfBroadcast(group.Id);
        }

        tables.Advance(group.Id);
        scope.TellOthers();
        return true;
    }

    private static void Count(
        ILogTables tables,
        ILogScope scope,
        GroupRow group,
        SubscriberRow member,
        ShareRow share,
        StoredEvent stored,
        int attempt,
        bool hasDied,
        List<long> passed)
    {
        var row = tables.FindDelivery(group.Id, stored.Position);
        var isUnsettled = row is null
            ? attempt == 1 && (stored.Position > share.Head || share.Open.Contains(stored.Position))
            : row.Attempts == attempt - 1;
        if (!isUnsettled)
        {
            return; // The slot is older than what became of it.
        }

        var detail = hasDied
            ? "The process that handled it ended in the middle of it."
            : "The process that handled it stopped renewing its lease: it was paused or cut off.";
        var history = History.Append(
            row?.History,
            new DeliveryFailure(
                DeadLetterReason.ProcessDied, detail, DateTimeOffset.FromUnixTimeMilliseconds(scope.Now), attempt));
        if (row is null)
        {
            passed.Add(stored.Position);
        }

        if (attempt >= member.Attempts && tables.AddDeadLetter(group, stored.Position, history))
        {
            tables.RemoveDelivery(group.Id, stored.Position);
            if (stored.Envelope.Key is { } key)
            {
                KeySequence.GivenUp(tables, scope, group, member.IsSequenced, key, stored.Partition, stored.Position);
            }

            return;
        }

        var holds = member.IsOrdered && stored.Envelope.Key is not null;
        tables.PutDelivery(group.Id,
            new DeliveryRow(stored.Position, stored.Partition, scope.Now, attempt, holds, (row?.Deaths ?? 0) + 1, history));
    }

    // What was in flight is passed over now; what lies between the head and it is still open.
    private static void Pass(ILogTables tables, GroupRow group, ShareRow share, List<long> passed)
    {
        if (passed.Count == 0)
        {
            return;
        }

        var head = Math.Max(share.Head, passed.Max());
        var open = tables.PositionsOf(group.Topic, share.Partition, share.Head, head)
            .Concat(share.Open)
            .Except(passed)
            .OrderDescending();
        tables.SetProgress(group.Id, share.Partition, head, OpenPositions.Write(head, open), passed.Count);
    }
}
