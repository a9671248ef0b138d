using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.Logging;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>A log looks for events all day; nothing of that belongs into what a service writes.</summary>
public sealed class QuietTests(PostgreSqlServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_AndHandled_WritesNothingPerCommand()
    {
        await using var host = new EventHost(await server.CreateDatabaseAsync());
        var sink = new Recorder();
        await using var subscription = await host.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail", Start = EventStart.Oldest }, sink, Cancel);
        await host.Events.AppendAsync(
            [new OutgoingEvent("orders", new EventEnvelope { Id = "1", Source = "/s", Type = "placed.v1" })], Cancel);
        await server.EventuallyAsync(() => Task.FromResult(sink.Count == 1));

        Assert.DoesNotContain(
            host.Logged,
            record => record.Level >= LogLevel.Information && record.Category!.StartsWith("Npgsql", StringComparison.Ordinal));
    }
}
