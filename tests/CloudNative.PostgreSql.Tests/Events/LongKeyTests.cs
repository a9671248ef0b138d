using System.Security.Cryptography;
using CloudNative.Eventing;
using CloudNative.PostgreSql.Tests.Support;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.PostgreSql.Tests.Events;

/// <summary>Keys stand in indexes once they are held, so they have to fit there when they are published.</summary>
public sealed class LongKeyTests(PostgreSqlServer server)
{
    private const int MostBytes = 2000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_KeyTooLong_IsRefusedWithTheLimit()
    {
        await using var host = new EventHost(await server.CreateDatabaseAsync());

        var refused = await Assert.ThrowsAsync<EventRejectedException>(
            () => host.Events.AppendAsync([Event(new string('ä', (MostBytes / 2) + 1))], Cancel).AsTask());

        Assert.StartsWith("CN4212 ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("2002 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeadLetter_OfTheLongestKey_IsKeptThoughNothingOfItCanBeCompressed()
    {
        await using var host = new EventHost(await server.CreateDatabaseAsync());
        var sink = new GivingUp();
        await using var subscription = await host.Events.SubscribeAsync(
            new SubscriptionSpec { Topic = "orders", Group = "mail", Ordering = EventOrdering.ByKey, Start = EventStart.Oldest },
            sink,
            Cancel);

        await host.Events.AppendAsync([Event(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", MostBytes))], Cancel);

        Assert.True(await sink.Settled.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
    }

    private static OutgoingEvent Event(string key) =>
        new("orders", new EventEnvelope { Id = "1", Source = "/s", Type = "placed.v1", Key = key });

    private sealed class GivingUp : IDeliverySink
    {
        private readonly TaskCompletionSource<bool> _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Settled => _settled.Task;

        public void Deliver(EventDelivery delivery) => _ = SettleAsync(delivery);

        public void StateChanged(SubscriptionState state, string? reason)
        {
        }

        private async Task SettleAsync(EventDelivery delivery)
        {
            try
            {
                var failure = new DeliveryFailure(DeadLetterReason.HandlerFailed, "no", DateTimeOffset.UnixEpoch, 1);
                _settled.TrySetResult(await delivery.SettleAsync(Settlement.DeadLetter(failure), Cancel));
            }
            catch (EventTransportException exception)
            {
                _settled.TrySetException(exception);
            }
        }
    }
}
