using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Topology;

/// <summary>The queues of one group, or of one process in a group for broadcast.</summary>
internal sealed class GroupQueues
{
    public GroupQueues(SubscriptionSpec spec, Names names)
    {
        IsOrdered = spec.Ordering == EventOrdering.ByKey;
        Dead = new GroupQueue(names.Dead(spec.Topic, spec.Group), string.Empty, QueueKinds.Dead(), false) { IsDead = true };
        OfOtherOrdering = IsOrdered ? names.Group(spec.Topic, spec.Group) : names.WithoutKey(spec.Topic, spec.Group);
        if (spec.Broadcast)
        {
            var own = names.Broadcast(spec.Topic, spec.Group, Guid.CreateVersion7());
            All = IsOrdered
                ? [.. Ordered(own, QueueKinds.Broadcast, QueueKinds.Broadcast)]
                : [new GroupQueue(own, "#", QueueKinds.Broadcast(Dead.Name), false)];
        }
        else
        {
            All = IsOrdered
                ? [.. Ordered(names.Group(spec.Topic, spec.Group), QueueKinds.Work, QueueKinds.Partition)]
                : [new GroupQueue(names.Group(spec.Topic, spec.Group), "#", QueueKinds.Work(Dead.Name), false)];
        }
    }

    public bool IsOrdered { get; }

    public IReadOnlyList<GroupQueue> All { get; }

    /// <summary>
    /// Where the broker puts what it gives up by itself, and earlier versions put what handlers gave up.
    /// </summary>
    public GroupQueue Dead { get; }

    /// <summary>A queue that is there only when the group had the other ordering before.</summary>
    public string OfOtherOrdering { get; }

    /// <summary>The queue for events of a key.</summary>
    public GroupQueue QueueOf(string? key)
    {
        var end = $"/{Names.RoutingKey(key)}";
        return IsOrdered ? All.First(queue => queue.Name.EndsWith(end, StringComparison.Ordinal)) : All[0];
    }

    private IEnumerable<GroupQueue> Ordered(
        string name, Func<string, Dictionary<string, object?>> unkeyed, Func<string, Dictionary<string, object?>> keyed)
    {
        yield return new GroupQueue($"{name}/{Names.Unkeyed}", $"#.{Names.Unkeyed}", unkeyed(Dead.Name), false);
        for (var partition = 0; partition < Names.Partitions; partition++)
        {
            var number = partition.ToString(CultureInfo.InvariantCulture);
            yield return new GroupQueue($"{name}/{number}", $"#.{number}", keyed(Dead.Name), true);
        }
    }
}
