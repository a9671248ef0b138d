using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CloudNative.PostgreSql.Tests.Outbox;

public sealed class PostgreSqlOutboxStoreTests(PostgreSqlServer server) : IAsyncLifetime
{
    private static readonly OutgoingEvent Outgoing = new("orders", new EventEnvelope { Id = "1", Source = "/s", Type = "t" });

    private DatabaseHosts _hosts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hosts = await DatabaseHosts.CreateAsync(server);

    public ValueTask DisposeAsync() => _hosts.DisposeAsync();

    [Fact]
    public async Task Enqueue_BeforeAnyoneStarted_CreatesTheTables()
    {
        var store = Store();
        await EnqueueAsync(store);
        Assert.Equal(1, await store.DrainAsync((_, _) => new([]), Token));
    }

    [Fact]
    public async Task Enqueue_TablesWereDropped_SaysSoAndCreatesThemForTheNext()
    {
        var store = Store();
        await store.PrepareAsync(Token);
        await _hosts.ExecuteAsync("DROP TABLE cloudnative.outbox, cloudnative.outbox_aside, cloudnative.outbox_turn");
        await _hosts.ExecuteAsync("DROP TABLE cloudnative.schema_versions");
        var exception = await Assert.ThrowsAsync<EventTransportException>(() => EnqueueAsync(store));
        Assert.StartsWith("CN4205 ", exception.Message, StringComparison.Ordinal);
        await EnqueueAsync(store);
        Assert.Equal(1, await store.DrainAsync((_, _) => new([]), Token));
    }

    // A writer that dawdles in its transaction, here or in another database, holds up nobody: rows are read by what is committed.
    [Fact]
    public async Task Drain_AnotherTransactionIsOpen_DoesNotWaitForIt()
    {
        var store = Store();
        await store.PrepareAsync(Token);
        await using var elsewhere = await _hosts.ConnectElsewhereAsync(Token);
        await using var idle = await elsewhere.BeginTransactionAsync(Token);
        await using var slow = await _hosts.ConnectAsync(Token);
        await using var open = await slow.BeginTransactionAsync(Token);
        await store.EnqueueAsync(open, Outgoing with { Topic = "late" }, Token);
        await EnqueueAsync(store);

        var topics = new List<string>();
        await DrainAsync();
        Assert.Equal(["orders"], topics);
        await open.CommitAsync(Token);
        await DrainAsync();
        Assert.Equal(["orders", "late"], topics);

        async Task DrainAsync() => await store.DrainAsync(
            (batch, _) =>
            {
                topics.AddRange(batch.Select(outgoing => outgoing.Topic));
                return new([]);
            },
            Token);
    }

    [Fact]
    public async Task Drain_ServerRestartsWhileTheTransportWorks_LosesNothing()
    {
        await using var own = new PostgreSqlServer();
        await using var hosts = await DatabaseHosts.CreateAsync(own);
        var store = hosts.Add().GetRequiredService<IOutboxStore>();
        await EnqueueAsync(store, hosts);
        var moves = 0;
        await Assert.ThrowsAsync<EventTransportException>(() => store.DrainAsync(
            async (_, _) =>
            {
                moves++;
                await own.KillAsync();
                return [];
            },
            Token).AsTask());
        await own.StartAsync();
        NpgsqlConnection.ClearAllPools();

        // It was moved, and is only removed: the relay remembers for as long as it lives.
        Assert.Equal(1, await store.DrainAsync((_, _) => throw new InvalidOperationException("moved twice"), Token));
        Assert.Equal((1, 0L), (moves, (await store.GetBacklogAsync(Token)).Waiting));
    }

    [Fact]
    public async Task Drain_WhoHadTheTurnDied_NextOneGoesOnAtOnce()
    {
        var store = Store();
        await EnqueueAsync(store);
        await using (var dying = await _hosts.ConnectAsync(Token))
        {
            await using var command = dying.CreateCommand();
            command.CommandText = "SELECT pg_advisory_lock(hashtextextended('cloudnative outbox cloudnative', 0))";
            await command.ExecuteNonQueryAsync(Token);
            var waiting = store.DrainAsync((_, _) => new([]), Token).AsTask();
            await store.GetBacklogAsync(Token);
            Assert.False(waiting.IsCompleted);
            // In this database alone: other tests' processes hold such locks on the same server.
            await _hosts.ExecuteAsync(
                """
                SELECT pg_terminate_backend(pid) FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """);
            Assert.Equal(1, await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token));
        }
    }

    private IOutboxStore Store() => _hosts.Add().GetRequiredService<IOutboxStore>();

    private Task EnqueueAsync(IOutboxStore store) => EnqueueAsync(store, _hosts);

    private static async Task EnqueueAsync(IOutboxStore store, DatabaseHosts hosts)
    {
        await using var connection = await hosts.ConnectAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await store.EnqueueAsync(transaction, Outgoing, Token);
        await transaction.CommitAsync(Token);
    }
}
