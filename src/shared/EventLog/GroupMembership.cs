using CloudNative.Eventing;

namespace CloudNative.Shared.EventLog;

/// <summary>How members of a group come, share its partitions and go; each step in one transaction.</summary>
internal static class GroupMembership
{
    /// <summary>Joins a group, which is made when it is new, and takes what is free.</summary>
    public static Joined Join(ILogTables tables, ILogScope scope, SubscriptionSpec spec, SubscriberRow member)
    {
        var topic = tables.FindOrAddTopic(spec.Topic);
        var name = spec.Broadcast ? GroupNames.Broadcast(spec.Group, member.Flight) : spec.Group;
        var group = tables.FindGroup(topic, name)
            ?? tables.AddGroup(topic, name, Start(tables, topic, spec.Start), spec.Broadcast ? member.Member : null);
        var id = tables.AddMember(group.Id, member);
        tables.SetSeen(group.Id, null);
        tables.Advance(group.Id);
        scope.TellOthers();
        return new Joined(group, id, TakeFree(tables, group, id));
    }

    /// <summary>Takes partitions that nobody handles, up to the member's share.</summary>
    public static List<TakenShare> TakeFree(ILogTables tables, GroupRow group, long id)
    {
        var quota = Quota(tables.Members(group.Id), id);
        var shares = tables.Shares(group.Id);
        var wanted = quota - shares.Count(share => share.Owner == id);
        var taken = shares.Where(share => share.Owner is null).Take(Math.Max(wanted, 0)).ToList();
        if (taken.Count == 0)
        {
            return [];
        }

        var partitions = taken.Select(share => share.Partition).ToHashSet();
        var later = tables.Deliveries(group.Id, partitions).ToLookup(row => row.Partition);
        var held = tables.HeldKeys(group.Id, partitions).ToLookup(row => row.Partition, row => row.Key);
        return taken.ConvertAll(share => Take(tables, group, id, share, later[share.Partition], held[share.Partition]));
    }

    /// <summary>Gives back what another member is to have. What is not this member's any more stays as it is.</summary>
    public static int Release(ILogTables tables, ILogScope scope, GroupRow group, IEnumerable<Share> shares)
    {
        var released = shares.Where(share => tables.Holds(group.Id, share.Partition, share.Token)).ToList();
        released.ForEach(share => tables.SetOwner(group.Id, share.Partition, null));
        tables.Advance(group.Id);
        scope.TellOthers();
        return released.Count;
    }

    /// <summary>Takes no further part in the distribution, but keeps what it holds until that is released.</summary>
    public static int Retire(ILogTables tables, ILogScope scope, GroupRow group, long id)
    {
        tables.SetLeaving(id);
        tables.Advance(group.Id);
        scope.TellOthers();
        return 0;
    }

    /// <summary>Leaves in good order: what it held is free at once, and no attempt counts.</summary>
    public static int Leave(ILogTables tables, ILogScope scope, GroupRow group, long id, bool forget)
    {
        if (!tables.RemoveMember(id))
        {
            return 0;
        }

        foreach (var share in tables.Shares(group.Id).Where(share => share.Owner == id))
        {
            tables.SetOwner(group.Id, share.Partition, null);
        }

        if (forget)
        {
            tables.RemoveGroup(group.Id);
        }
        else if (tables.Members(group.Id).Count == 0)
        {
            tables.SetSeen(group.Id, scope.Now);
        }

        tables.Advance(group.Id);
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

    private static long Start(ILogTables tables, long topic, EventStart start) =>
        start == EventStart.Next ? tables.Last(topic).Position : tables.Floor(topic);

    private static TakenShare Take(
        ILogTables tables,
        GroupRow group,
        long id,
        ShareRow share,
        IEnumerable<DeliveryRow> later,
        IEnumerable<string> held)
    {
        tables.SetOwner(group.Id, share.Partition, id);
        var rows = later.ToList();
        List<long> positions = [.. share.Open, .. rows.Select(row => row.Position)];
        var events = positions.Count == 0 ? [] : tables.FindEvents(group.Topic, positions);
        return new TakenShare(
            share with { Owner = id, Token = share.Token + 1 },
            [.. share.Open.AsEnumerable().Reverse().Where(events.ContainsKey).Select(position => events[position])],
            [.. rows.Where(row => events.ContainsKey(row.Position)).Select(row => (row, events[row.Position]))],
            [.. held]);
    }
}
