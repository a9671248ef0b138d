using System.Globalization;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;
using Npgsql;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>Others that keep transactions open, in this database and in another: nobody waits for them, and nothing is skipped.</summary>
public sealed class NoSkipTests(PostgreSqlServer server)
{
    private const int Publishers = 8;
    private const int BatchSize = 50;

    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(2);

    // CLOUDNATIVE_NO_SKIP_EVENTS=1000000 for as many as that.
    private static readonly int Events =
        int.TryParse(Environment.GetEnvironmentVariable("CLOUDNATIVE_NO_SKIP_EVENTS"), CultureInfo.InvariantCulture, out var events)
            ? events
            : 20_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_BesideTransactionsThatStayOpenOrAreRolledBack_IsReadWithoutGapsAndWithoutWaiting()
    {
        var database = await server.CreateDatabaseAsync();
        await using var first = new EventHost(database);
        await using var second = new EventHost(database);
        var sink = new Recorder();
        await using var subscription = await second.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail", MaxInFlight = 500, Start = EventStart.Oldest }, sink, Cancel);
        await using var stalled = await OpenTransactionAsync(database, Append("other", "stalled"));
        await using var idle = await OpenTransactionAsync(database, "SELECT txid_current()");
        await using var elsewhere = await OpenTransactionAsync(await server.CreateDatabaseAsync(), "SELECT txid_current()");
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var rollingBack = RollBackAsync(database, enough.Token);

        IEventTransport[] transports = [first.Events, second.Events];
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => PublishAsync(transports[publisher % 2], publisher)));
        await server.EventuallyAsync(() => Task.FromResult(sink.Count == Events));
        await enough.CancelAsync();

        var rolledBack = await rollingBack;
        Assert.True(rolledBack > 0);
        Assert.InRange(sink.LongestPause, TimeSpan.Zero, LongestStall);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Events} events beside {rolledBack} that were rolled back: none skipped, "
            + $"longest pause {sink.LongestPause.TotalMilliseconds:0} ms");
        Assert.Equal(Enumerable.Range(1, Events).Select(position => (long)position), sink.Seen.Select(one => one.Position).Order());
        Assert.Equal(default, await subscription.GetBacklogAsync(Cancel));
    }

    private static async Task PublishAsync(IEventTransport events, int publisher)
    {
        for (var batch = 0; batch < Events / Publishers / BatchSize; batch++)
        {
            var first = batch * BatchSize;
            await events.AppendAsync(
                [.. Enumerable.Range(first, BatchSize).Select(number => new OutgoingEvent("orders", new EventEnvelope
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{publisher}-{number}"),
                    Source = "/s",
                    Type = "placed.v1",
                }))],
                Cancel);
        }
    }

    // The same topic, and the same function, by somebody who thinks better of it each time.
    private static async Task<int> RollBackAsync(string database, CancellationToken enough)
    {
        var count = 0;
        while (!enough.IsCancellationRequested)
        {
            await using var connection = await OpenTransactionAsync(
                database, Append("orders", string.Create(CultureInfo.InvariantCulture, $"rolled-back-{count}")));
            await using var command = new NpgsqlCommand("ROLLBACK", connection);
            await command.ExecuteNonQueryAsync(Cancel);
            count++;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancel);
        }

        return count;
    }

    private static string Append(string topic, string id) =>
        $"SELECT cloudnative.append_events('', 0, ARRAY['{topic}'], ARRAY[1], ARRAY[1], ARRAY[NULL::smallint], ARRAY[0::bigint], "
        + $"ARRAY[NULL::text], ARRAY[gen_random_uuid()], ARRAY['/s'], ARRAY['{id}'], ARRAY['t'], ARRAY[NULL::bytea], ARRAY[''::bytea])";

    private static async Task<NpgsqlConnection> OpenTransactionAsync(string database, string sql)
    {
        var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand($"BEGIN; {sql}", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }
}
