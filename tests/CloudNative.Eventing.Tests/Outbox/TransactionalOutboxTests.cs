using System.Diagnostics;
using System.Text.Json.Serialization;
using CloudNative.TestSupport.Transactions;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Tests.Outbox;

public sealed partial class TransactionalOutboxTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enqueue_Committed_IsPublishedAsThePublisherWould()
    {
        await using var host = Create();
        await using var transaction = Begin(host.Outbox);
        await OutboxOf(host).EnqueueAsync(
            transaction, new Placed("7"), new PublishOptions { Id = "a", Key = "customer" }, Cancelled);
        Assert.Equal(0, host.Outbox.Count);
        transaction.Commit();
        await host.StartAsync();
        await host.QuietAsync();
        var stored = Assert.Single(host.Transport.Stored);
        Assert.Equal(("orders", "a", "customer", "orders.placed.v1"),
            (stored.Topic, stored.Event.Id, stored.Event.Key, stored.Event.Type));
    }

    [Fact]
    public async Task Enqueue_RolledBack_IsPublishedByNobody()
    {
        await using var host = Create();
        await using (var transaction = Begin(host.Outbox))
        {
            await OutboxOf(host).EnqueueAsync(transaction, new Placed("7"), null, Cancelled);
        }

        await host.StartAsync();
        await host.QuietAsync();
        Assert.Empty(host.Transport.Stored);
    }

    [Fact]
    public async Task Enqueue_WithinATrace_TheEventBelongsToIt()
    {
        await using var host = Create();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        activity.TraceStateString = "congo=t61rcWkgMzE";
        await using var transaction = Begin(host.Outbox);
        await OutboxOf(host).EnqueueAsync(transaction, new Placed("7"), null, Cancelled);
        transaction.Commit();
        activity.Stop();
        await host.StartAsync();
        await host.QuietAsync();
        var stored = Assert.Single(host.Transport.Stored);
        Assert.StartsWith($"00-{activity.TraceId}-", stored.Event.TraceParent, StringComparison.Ordinal);
        Assert.Equal("congo=t61rcWkgMzE", stored.Event.TraceState);
    }

    [Fact]
    public async Task Enqueue_OtherDatabase_SaysWhichOnesThereAre()
    {
        await using var host = Create();
        await using var transaction = Begin(new object());
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            OutboxOf(host).EnqueueAsync(transaction, new Placed("7"), null, Cancelled).AsTask());
        Assert.StartsWith("CN9062", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'orders.db'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enqueue_AfterTheCommit_SaysSo()
    {
        await using var host = Create();
        await using var transaction = Begin(host.Outbox);
        transaction.Commit();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            OutboxOf(host).EnqueueAsync(transaction, new Placed("7"), null, Cancelled).AsTask());
        Assert.StartsWith("CN9061", refused.Message, StringComparison.Ordinal);
    }

    private static OutboxHost Create() => new(services => services.AddEventJsonContext(Json.Default));

    private static IOutbox OutboxOf(OutboxHost host) => host.Services.GetRequiredService<IOutbox>();

    private static System.Data.Common.DbTransaction Begin(object database) => new ModelConnection(database).BeginTransaction();

    [Event("orders.placed")]
    internal sealed record Placed(string Order);

    [JsonSerializable(typeof(Placed))]
    private sealed partial class Json : JsonSerializerContext;
}
