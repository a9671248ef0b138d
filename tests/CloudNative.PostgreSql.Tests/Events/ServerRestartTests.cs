using System.Globalization;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>A server that crashes while events are published and handled.</summary>
public sealed class ServerRestartTests
{
    private const int Keys = 8;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restart_WhileEventsArePublishedAndHandled_LosesNoneAndKeepsTheOrderOfKeys()
    {
        await using var server = new PostgreSqlServer();
        var database = await server.CreateDatabaseAsync();
        await using var publishing = new EventHost(database);
        await using var handling = new EventHost(database);
        var sink = new Recorder();
        await using var subscription = await handling.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail", Ordering = EventOrdering.ByKey, MaxInFlight = 32 }, sink, Cancel);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var publishers = Enumerable.Range(0, Keys).Select(key => PublishAsync(publishing.Events, key, enough.Token)).ToArray();
        for (var crash = 0; crash < 3; crash++)
        {
            var before = sink.Count;
            await server.EventuallyAsync(() => Task.FromResult(sink.Count > before + 200));
            await server.RestartAsync();
        }

        await enough.CancelAsync();
        var published = (await Task.WhenAll(publishers)).Sum();
        await server.EventuallyAsync(() => Task.FromResult(sink.Count >= published));
        Assert.Equal(published, sink.Count);
        Assert.Equal(SubscriptionState.Active, sink.State);
        Assert.All(sink.Seen.GroupBy(one => one.Key), key =>
        {
            var positions = key.Select(one => one.Position).ToList();
            Assert.Equal(positions.Order(), positions);
        });
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancel));
    }

    [Fact]
    public async Task Server_IsAway_PublishingSaysSoAndTheSubscriptionPausesAndComesBack()
    {
        await using var server = new PostgreSqlServer();
        var database = await server.CreateDatabaseAsync();
        await using var host = new EventHost(database);
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, sink, Cancel);
        await host.Events.AppendAsync([Outgoing("before")], Cancel);
        await server.EventuallyAsync(() => Task.FromResult(sink.Count == 1));

        await server.StopAsync();
        var exception = await Assert.ThrowsAsync<EventTransportException>(
            async () => await host.Events.AppendAsync([Outgoing("during")], Cancel));
        Assert.StartsWith("CN4203 ", exception.Message, StringComparison.Ordinal);
        await server.EventuallyAsync(() => Task.FromResult(sink.State == SubscriptionState.Paused));
        Assert.Contains(sink.Reasons, reason => reason.StartsWith("CN4203 ", StringComparison.Ordinal));

        await server.StartAsync();
        await host.Events.AppendAsync([Outgoing("after")], Cancel);
        await server.EventuallyAsync(() => Task.FromResult(sink.Count == 2 && sink.State == SubscriptionState.Active));
        Assert.Equal(["before", "after"], sink.Seen.Select(one => one.Id));
    }

    // Publishes one after another, and each again under its id until it is acknowledged.
    private static async Task<int> PublishAsync(IEventTransport events, int key, CancellationToken enough)
    {
        var count = 0;
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await events.AppendAsync(
                    [Outgoing(string.Create(CultureInfo.InvariantCulture, $"{key}-{count}"), $"key-{key}")], Cancel);
                count++;
            }
            catch (EventTransportException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancel);
            }
        }

        return count;
    }

    private static OutgoingEvent Outgoing(string id, string? key = null) =>
        new("orders", new EventEnvelope { Id = id, Source = "/s", Type = "placed.v1", Key = key });
}
