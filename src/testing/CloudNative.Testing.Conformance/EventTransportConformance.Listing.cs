using CloudNative.Eventing;

namespace CloudNative.Testing.Conformance;

public abstract partial class EventTransportConformance
{
    /// <summary>A group that nobody takes part in is listed with what waits for it, and empties once somebody does.</summary>
    [Fact]
    public async Task ListGroups_NobodyThere_SaysWhatWaits()
    {
        var groups = NeedGroups();
        await (await SubscribeSecondAsync(NewSink())).DisposeAsync();
        await AppendNumbersAsync(3);
        var left = Assert.Single(await groups.ListGroupsAsync(Cancelled));
        Assert.Equal((Topic, Group, 0, 3L), (left.Topic, left.Group, left.Members, left.Backlog.Waiting));
        Assert.NotNull(left.Backlog.Oldest);

        var sink = NewSink();
        await using var subscription = await SubscribeSecondAsync(sink);
        await CompleteAsync(await sink.NextAsync(3));
        Assert.Equal([new EventGroup(Topic, Group, 1, default)], await groups.ListGroupsAsync(Cancelled));
    }

    /// <summary>Each group counts for itself; one that is a process's alone is not listed.</summary>
    [Fact]
    public async Task ListGroups_Several_EachCountsForItself()
    {
        Need(TransportCapabilities.Broadcast);
        var groups = NeedGroups();
        await using var billing = await SubscribeFirstAsync(NewSink(), spec => spec with { Group = "billing" });
        var sink = NewSink();
        await using var mail = await SubscribeFirstAsync(sink);
        await using var second = await SubscribeSecondAsync(sink);
        await using var all = await SubscribeSecondAsync(NewSink(), spec => spec with { Group = "audit", Broadcast = true });
        await AppendNumbersAsync(2);
        await CompleteAsync(await sink.NextAsync());
        Assert.Equal(
            [("billing", 1, 2L), ("mail", 2, 1L)],
            (await groups.ListGroupsAsync(Cancelled)).Select(group => (group.Group, group.Members, group.Backlog.Waiting)));
    }

    private IEventGroups NeedGroups()
    {
        Assert.SkipUnless(Subject.First is IEventGroups, "The transport cannot list its groups.");
        return (IEventGroups)Subject.First;
    }
}
