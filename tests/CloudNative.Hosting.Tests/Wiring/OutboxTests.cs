using System.Threading.Channels;
using CloudNative.Testing;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Hosting.Tests.Wiring;

/// <summary>
/// From a transaction of one service to a transaction of another, with all parts that a service has: outbox, relay, log, handler, inbox.
/// </summary>
public sealed class OutboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_CommittedOrTakenBack_IsShippedOnceOrNever()
    {
        using var directory = new TemporaryDirectory();
        await using var ordering = new OutboxService("ordering", directory.Path);
        await using var shipping = new OutboxService("shipping", directory.Path);
        var shipped = Channel.CreateUnbounded<(int Number, bool IsNew)>();
        shipping.Host.MapEvent<OrderPlaced>("orders", async (order, context, token) =>
            shipped.Writer.TryWrite((order.Number, await shipping.ShipAsync(order, context, token)))).InOrder();
        await shipping.Host.StartAsync(Cancel);
        await ordering.Host.StartAsync(Cancel);

        await ordering.PlaceAsync(1, commit: false);
        await ordering.PlaceAsync(2);
        await ordering.PlaceAsync(3, commit: false);
        await ordering.PlaceAsync(4);

        Assert.Equal((2, true), await NextAsync(shipped));
        Assert.Equal((4, true), await NextAsync(shipped));
        Assert.Equal([(2, 1), (4, 1)], shipping.Rows("SELECT number, attempt FROM parcel ORDER BY rowid"));
        Assert.Equal([(2, 0), (4, 0)], ordering.Rows("SELECT number, 0 FROM placed ORDER BY rowid"));
    }

    [Fact]
    public async Task Handler_FailsWhenItsTransactionIsCommitted_IsCalledAgainAndTheEffectIsThereOnce()
    {
        using var directory = new TemporaryDirectory();
        await using var ordering = new OutboxService("ordering", directory.Path);
        await using var shipping = new OutboxService("shipping", directory.Path);
        var shipped = Channel.CreateUnbounded<(int Number, bool IsNew)>();
        shipping.Host.MapEvent<OrderPlaced>("orders", async (order, context, token) =>
        {
            var isNew = await shipping.ShipAsync(order, context, token);
            shipped.Writer.TryWrite((order.Number, isNew));
            if (isNew)
            {
                throw new InvalidOperationException("after the commit");
            }
        }).InOrder();
        await shipping.Host.StartAsync(Cancel);
        await ordering.Host.StartAsync(Cancel);
        await ordering.PlaceAsync(1);

        Assert.Equal((1, true), await NextAsync(shipped));
        Assert.Equal((1, false), await NextAsync(shipped));
        Assert.Equal([(1, 1)], shipping.Rows("SELECT number, attempt FROM parcel"));
    }

    [Fact]
    public async Task Stop_RightAfterTheStart_IsQuiet()
    {
        using var directory = new TemporaryDirectory();
        for (var round = 0; round < 3; round++)
        {
            var service = new OutboxService($"ordering{round}", directory.Path);
            await service.Host.StartAsync(Cancel);
            await service.Host.StopAsync(Cancel);
            service.Host.Dispose();
            Assert.Empty(service.Logged);
        }
    }

    private static async Task<(int Number, bool IsNew)> NextAsync(Channel<(int Number, bool IsNew)> shipped) =>
        await shipped.Reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancel);
}
