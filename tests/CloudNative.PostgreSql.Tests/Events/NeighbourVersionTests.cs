using CloudNative.Eventing;
using CloudNative.PostgreSql.Databases;
using CloudNative.PostgreSql.Events;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.Shared.EventLog;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>
/// While a new version is rolled out, and when it is rolled back, processes of two versions share the tables. The earlier one is
/// spoken for by the statements that it sends.
/// </summary>
public sealed class NeighbourVersionTests(PostgreSqlServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version1_BeforeDuringAndAfterTheUpgrade_PublishesWhatVersion2Handles()
    {
        var database = await server.CreateDatabaseAsync();
        await CreateVersion1Async(database);
        await AppendAsVersion1Async(database, "before");

        await using var upgraded = new EventHost(database);
        var sink = new Recorder();
        await using var subscription = await upgraded.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail", Start = EventStart.Oldest }, sink, Cancel);
        await AppendAsVersion1Async(database, "during");
        await AppendAsVersion1Async(database, "during");
        await upgraded.Events.AppendAsync(
            [new OutgoingEvent("orders", new EventEnvelope { Id = "new", Source = "/s", Type = "t" })], Cancel);
        await AppendAsVersion1Async(database, "after");
        await server.EventuallyAsync(() => Task.FromResult(sink.Count >= 4));

        Assert.Equal(["before", "during", "new", "after"], sink.Seen.OrderBy(one => one.Position).Select(one => one.Id).Distinct());
    }

    [Fact]
    public async Task Version1_WritesAMemberAndADeadLetter_Version2Understands()
    {
        var database = await server.CreateDatabaseAsync();
        await using var upgraded = new EventHost(database);
        await using var subscription = await upgraded.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail" }, new Recorder(), Cancel);

        var failure = new DeliveryFailure(DeadLetterReason.Rejected, "no", TimeProvider.System.GetUtcNow(), 1);
        var history = Convert.ToHexString(History.Append([], failure));
        await PostgreSqlServer.ExecuteAsync(
            database,
            $"""
            INSERT INTO cloudnative.members (grp, member, beat, duration, attempts, ordered, leaving, flight)
            SELECT id, 'earlier', 0, 5000, 5, true, false, '' FROM cloudnative.groups WHERE name = 'mail';
            INSERT INTO cloudnative.dead_letters
                (topic, grp_name, grp, token, position, partition, stored, key, source, id, type, data, history)
            SELECT 'orders', name, id, 1, 1, 0, 0, 'k', '/s', 'a', 't', '', '\x{history}' FROM cloudnative.groups WHERE name = 'mail'
            """);

        var letters = await ((IDeadLetterStore)upgraded.Events).ListAsync(new DeadLetterQuery(), Cancel);
        Assert.Equal("a", Assert.Single(letters).Event?.Id);
    }

    private static async Task CreateVersion1Async(string database)
    {
        await using var process = new TestDatabase(database);
        await using var connection = await process.Database.OpenAsync(TableSet.FromResources(EventTables.Set.Name, 1), Cancel);
    }

    private static Task AppendAsVersion1Async(string database, string id) => PostgreSqlServer.ExecuteAsync(
        database,
        "SELECT cloudnative.append_events(0, ARRAY['orders'], ARRAY[NULL::smallint], ARRAY[0::bigint], ARRAY[NULL::text], "
        + $"ARRAY[md5('{id}')::uuid], ARRAY['/s'], ARRAY['{id}'], ARRAY['t'], ARRAY[NULL::bytea], ARRAY[''::bytea])");
}
