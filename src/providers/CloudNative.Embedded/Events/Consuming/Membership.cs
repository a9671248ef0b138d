using CloudNative.Embedded.Events.Storage;
using CloudNative.Embedded.Events.Writing;
using CloudNative.Eventing;

namespace CloudNative.Embedded.Events.Consuming;

/// <summary>How members of a group come, share its partitions and go; each step in one transaction.</summary>
internal static class Membership
{
    /// <summary>Joins a group, which is made when it is new, and takes what is free.</summary>
    public static Joined Join(EventConnection connection, WriteScope scope, SubscriptionSpec spec, SubscriberRow member)
    {
        var topic = TopicRows.FindOrAdd(connection, spec.Topic);
        var name = spec.Broadcast ? GroupRows.BroadcastName(spec.Group, member.Flight) : spec.Group;
        var group = GroupRows.Find(connection, topic, name)
            ?? GroupRows.Add(connection, topic, name, Start(connection, topic, spec.Start), spec.Broadcast ? member.Member : null);
        var id = SubscriberRows.Add(connection, group.Id, member);
        GroupRows.SetSeen(connection, group.Id, null);
        GroupRows.Advance(connection, group.Id);
        scope.TellOthers();
        return new Joined(group, id, TakeFree(connection, group, id));
    }

    /// <summary>Takes partitions that nobody handles, up to the member's share.</summary>
    public static List<TakenShare> TakeFree(EventConnection connection, GroupRow group, long id)
    {
        var quota = Quota(SubscriberRows.ReadAll(connection, group.Id), id);
        var shares = ShareRows.ReadAll(connection, group.Id);
        var wanted = quota - shares.Count(share => share.Owner == id);
        var taken = shares.Where(share => share.Owner is null).Take(Math.Max(wanted, 0)).ToList();
        if (taken.Count == 0)
        {
            return [];
        }

        var later = DeliveryRows.ReadAll(connection, group.Id, taken.Select(share => share.Partition).ToHashSet())
            .ToLookup(row => row.Partition);
        return taken.ConvertAll(share => Take(connection, group, id, share, later[share.Partition]));
    }

    /// <summary>Gives back what another member is to have. What is not this member's any more stays as it is.</summary>
    public static int Release(EventConnection connection, WriteScope scope, GroupRow group, IEnumerable<Share> shares)
    {
        var released = shares.Where(share => ShareRows.Holds(connection, group.Id, share.Partition, share.Token)).ToList();
        released.ForEach(share => ShareRows.SetOwner(connection, group.Id, share.Partition, null));
        GroupRows.Advance(connection, group.Id);
        scope.TellOthers();
        return released.Count;
    }

    /// <summary>Takes no further part in the distribution, but keeps what it holds until that is released.</summary>
    public static int Retire(EventConnection connection, WriteScope scope, GroupRow group, long id)
    {
        SubscriberRows.SetLeaving(connection, id);
        GroupRows.Advance(connection, group.Id);
        scope.TellOthers();
        return 0;
    }

    /// <summary>Leaves in good order: what it held is free at once, and no attempt counts.</summary>
    public static int Leave(EventConnection connection, WriteScope scope, GroupRow group, long id, bool forget)
    {
        if (!SubscriberRows.Remove(connection, id))
        {
            return 0;
        }

        foreach (var share in ShareRows.ReadAll(connection, group.Id).Where(share => share.Owner == id))
        {
            ShareRows.SetOwner(connection, group.Id, share.Partition, null);
        }

        if (forget)
        {
            GroupRows.Remove(connection, group.Id);
        }
        else if (SubscriberRows.ReadAll(connection, group.Id).Count == 0)
        {
            GroupRows.SetSeen(connection, group.Id, scope.Now);
        }

        GroupRows.Advance(connection, group.Id);
        scope.TellOthers();
        return 1;
    }

    /// <summary>How many partitions a member should have. Together the members have all of them.</summary>
    public static int Quota(IEnumerable<SubscriberRow> members, long id)
    {
        var active = members.Where(member => !member.IsLeaving).Select(member => member.Id).ToList();
        var place = active.IndexOf(id);
        return place < 0 ? 0 : (Partitions.Count / active.Count) + (place < Partitions.Count % active.Count ? 1 : 0);
    }

    private static long Start(EventConnection connection, long topic, EventStart start) =>
        start == EventStart.Next ? EventRows.Last(connection, topic).Position : TopicRows.Floor(connection, topic);

    private static TakenShare Take(
        EventConnection connection, GroupRow group, long id, ShareRow share, IEnumerable<DeliveryRow> later)
    {
        ShareRows.SetOwner(connection, group.Id, share.Partition, id);
        return new TakenShare(
            share with { Owner = id, Token = share.Token + 1 },
            [.. share.Open.AsEnumerable().Reverse()
                .Select(position => EventRows.Find(connection, group.Topic, position)).OfType<StoredEvent>()],
            [.. later.Select(row => (row, EventRows.Find(connection, group.Topic, row.Position)))
                .Where(pair => pair.Item2 is not null).Select(pair => (pair.row, pair.Item2!))]);
    }
}
