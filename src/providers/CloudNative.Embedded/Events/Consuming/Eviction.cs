using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>
/// Puts a member out of its group whose process died, or stopped working on what it has. What it had in flight counts as an attempt; an
/// event that has used up its attempts in this way becomes a dead letter, so that one that kills whoever handles it does not go on for
/// ever.
/// </summary>
internal static class Eviction
{
    /// <summary>In a transaction. False when somebody was faster.</summary>
    public static bool Run(
        EventConnection connection, WriteScope scope, GroupRow group, SubscriberRow member, string flight, bool hasDied)
    {
        if (!SubscriberRows.Remove(connection, member.Id))
        {
            return false;
        }

        var shares = ShareRows.ReadAll(connection, group.Id).Where(share => share.Owner == member.Id).ToList();
        var byPartition = shares.ToDictionary(share => share.Partition);
        var flying = FlightRecord.Read(flight)
            .Select(slot => (slot.Position, slot.Attempt, Event: EventRows.Find(connection, group.Topic, slot.Position)))
            .Where(slot => slot.Event is not null && byPartition.ContainsKey(slot.Event.Partition))
            .ToLookup(slot => slot.Event!.Partition);
        foreach (var share in shares)
        {
            var passed = new List<long>();
            foreach (var (position, attempt, stored) in flying[share.Partition])
            {
                Count(connection, scope, group, member, share, stored!, attempt, hasDied, passed);
            }

            Pass(connection, group, share, passed);
            ShareRows.SetOwner(connection, group.Id, share.Partition, null);
        }

        if (SubscriberRows.ReadAll(connection, group.Id).Count == 0)
        {
            GroupRows.SetSeen(connection, group.Id, scope.Now);
            GroupRows.RemoveIfBroadcast(connection, group.Id);
        }

        GroupRows.Advance(connection, group.Id);
        scope.TellOthers();
        return true;
    }

    private static void Count(
        EventConnection connection,
        WriteScope scope,
        GroupRow group,
        SubscriberRow member,
        ShareRow share,
        StoredEvent stored,
        int attempt,
        bool hasDied,
        List<long> passed)
    {
        var row = DeliveryRows.Find(connection, group.Id, stored.Position);
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

        if (attempt >= member.Attempts && DeadLetterRows.Add(connection, group, stored.Position, history))
        {
            DeliveryRows.Remove(connection, group.Id, stored.Position);
            return;
        }

        var holds = member.IsOrdered && stored.Envelope.Key is not null;
        DeliveryRows.Put(
            connection,
            group.Id,
            new DeliveryRow(stored.Position, stored.Partition, scope.Now, attempt, holds, (row?.Deaths ?? 0) + 1, history));
    }

    // What was in flight is passed over now; what lies between the head and it is still open.
    private static void Pass(EventConnection connection, GroupRow group, ShareRow share, List<long> passed)
    {
        if (passed.Count == 0)
        {
            return;
        }

        var head = Math.Max(share.Head, passed.Max());
        var open = EventRows.PositionsOf(connection, group.Topic, share.Partition, share.Head, head)
            .Concat(share.Open)
            .Except(passed)
            .OrderDescending();
        ShareRows.SetProgress(
            connection, group.Id, share.Partition, head, OpenPositions.Write(head, open), passed.Count);
    }
}
