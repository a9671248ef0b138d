using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.RabbitMq.Topology;

/// <summary>The queues of one group, or of one process in a group for broadcast.</summary>
internal sealed class GroupQueues
{
    public GroupQueues(SubscriptionSpec spec, Names names)
    {
        IsOrdered = spec.Ordering == EventOrdering.ByKey;
        Dead = names.Dead(spec.Topic, spec.Group);
        OfOtherOrdering = IsOrdered ? names.Group(spec.Topic, spec.Group) : names.WithoutKey(spec.Topic, spec.Group);
        if (spec.Broadcast)
        {
            var own = names.Broadcast(spec.Topic, spec.Group, Guid.CreateVersion7());
            All = IsOrdered
                ? [.. Ordered(own, QueueKinds.Broadcast, QueueKinds.Broadcast)]
                : [new GroupQueue(own, "#", QueueKinds.Broadcast(Dead), false)];
        }
        else
        {
            All = IsOrdered
                ? [.. Ordered(names.Group(spec.Topic, spec.Group), QueueKinds.Work, QueueKinds.Partition)]
                : [new GroupQueue(names.Group(spec.Topic, spec.Group), "#", QueueKinds.Work(Dead), false)];
        }
    }

    public bool IsOrdered { get; }

    public IReadOnlyList<GroupQueue> All { get; }

    public string Dead { get; }

    /// <summary>A queue that is there only when the group had the other ordering before.</summary>
    public string OfOtherOrdering { get; }

    private IEnumerable<GroupQueue> Ordered(
        string name, Func<string, Dictionary<string, object?>> unkeyed, Func<string, Dictionary<string, object?>> keyed)
    {
        yield return new GroupQueue($"{name}/{Names.Unkeyed}", $"#.{Names.Unkeyed}", unkeyed(Dead), false);
        for (var partition = 0; partition < Names.Partitions; partition++)
        {
            var number = partition.ToString(CultureInfo.InvariantCulture);
            yield return new GroupQueue($"{name}/{number}", $"#.{number}", keyed(Dead), true);
        }
    }
}
