using CloudNative.Eventing;
using CloudNative.FaultTests.Support;
using CloudNative.Testing.Agent.Client;

namespace CloudNative.FaultTests.Embedded.Events;

public sealed class FullDiskTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FullDisk_PublishFailsAtOnce_HandlersPauseAndGoOnByThemselves()
    {
        using var disk = new Tmpfs(kilobytes: 4096);
        await using var app = new App(disk.Path);
        var agent = await app.StartAsync();
        var sink = new Collector();
        await agent.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "g", LeaseDuration = TimeSpan.FromSeconds(30) }, sink, Cancelled);
        await AppendAsync(agent, "1", 100);
        var delivery = await sink.NextAsync();

        disk.Fill();
        var failure = await Assert.ThrowsAsync<EventTransportException>(() => AppendAsync(agent, "2", 500_000));
        Assert.StartsWith("CN4005", failure.Message, StringComparison.Ordinal);
        var reason = new DeliveryFailure(DeadLetterReason.HandlerFailed, new string('x', 2000), DateTimeOffset.UnixEpoch, 1);
        var settling = delivery.SettleAsync(Settlement.Retry(TimeSpan.Zero, reason), Cancelled);
        Assert.StartsWith("CN4005", await sink.StateAsync(SubscriptionState.Paused), StringComparison.Ordinal);

        disk.Free();
        Assert.True(await settling);
        await sink.StateAsync(SubscriptionState.Active);
        var again = await sink.NextAsync();
        Assert.Equal(("1", 2), (again.Event.Id, again.Attempt));
        await AppendAsync(agent, "3", 100);
        var next = await sink.NextAsync();
        Assert.Equal(("3", 2L), (next.Event.Id, next.Position)); // What failed was not stored.
    }

    private static async Task AppendAsync(AgentProcess agent, string id, int size) => await agent.Events.AppendAsync(
        [new OutgoingEvent("orders", new EventEnvelope { Id = id, Source = "/test", Type = "t.v1", Data = new byte[size] })], Cancelled);
}
