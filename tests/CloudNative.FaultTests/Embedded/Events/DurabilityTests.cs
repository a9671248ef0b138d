using CloudNative.Eventing;
using CloudNative.FaultTests.Support;

namespace CloudNative.FaultTests.Embedded.Events;

public sealed class DurabilityTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_Acknowledged_IsForcedToTheDiskBefore()
    {
        await using var app = new App();
        var agent = await app.StartAsync();
        await agent.Events.AppendAsync([Outgoing("warm")], Cancelled);
        using var strace = await Strace.AttachAsync(agent.Process.Id, "pwrite64,write,fdatasync,fsync");
        await agent.Events.AppendAsync([Outgoing("watched")], Cancelled);
        var calls = (await strace.EndAsync()).ToList();

        bool IsOnLog(string call, string name) =>
            call.Contains($"{name}(", StringComparison.Ordinal) && call.Contains("events.db-wal", StringComparison.Ordinal);
        var written = calls.FindLastIndex(call => IsOnLog(call, "pwrite64") || IsOnLog(call, "write"));
        var forced = calls.FindLastIndex(call => IsOnLog(call, "fdatasync") || IsOnLog(call, "fsync"));
        var acknowledged = calls.FindIndex(call => call.Contains(" ok ", StringComparison.Ordinal));
        var transcript = string.Join('\n', calls);
        Assert.True(written >= 0, $"nothing was written:\n{transcript}");
        Assert.True(forced > written, $"not forced to the disk after it was written:\n{transcript}");
        Assert.True(acknowledged > forced, $"acknowledged before it was on the disk:\n{transcript}");
    }

    [Fact]
    public async Task Append_NormalDurability_ForcesNothing()
    {
        await using var app = new App();
        var agent = await app.StartAsync("Events:Durability=Normal");
        await agent.Events.AppendAsync([Outgoing("warm")], Cancelled);
        using var strace = await Strace.AttachAsync(agent.Process.Id, "pwrite64,write,fdatasync,fsync");
        for (var number = 0; number < 20; number++)
        {
            await agent.Events.AppendAsync([Outgoing($"{number}")], Cancelled);
        }

        var calls = await strace.EndAsync();
        Assert.Contains(calls, call => call.Contains("events.db-wal", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => call.Contains("sync(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Full")]
    [InlineData("Normal")]
    public async Task Append_ThenKillAtOnce_IsThere(string durability)
    {
        await using var app = new App();
        for (var round = 0; round < 5; round++)
        {
            var publisher = await app.StartAsync($"Events:Durability={durability}");
            await publisher.Events.AppendAsync([Outgoing($"{round}")], Cancelled);
            await publisher.KillAsync();
        }

        var agent = await app.StartAsync();
        var sink = new Collector();
        await agent.Events.SubscribeAsync(new SubscriptionSpec { Topic = "orders", Group = "g" }, sink, Cancelled);
        var seen = new List<string>();
        while (seen.Count < 5)
        {
            seen.Add((await sink.NextAsync()).Event.Id);
        }

        Assert.Equal(["0", "1", "2", "3", "4"], seen.Order());
    }

    private static OutgoingEvent Outgoing(string id) => new("orders", new EventEnvelope { Id = id, Source = "/test", Type = "t.v1" });
}
