using System.Net.Http.Json;
using CloudNative.Eventing;
using CloudNative.Shop.Tests.Events;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Shop.Tests.Shipping;

public sealed class ShipmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PaidOrders_AreShippedOnceEach()
    {
        using var app = new ShippingApp();
        using var client = app.CreateClient();
        PaymentAccepted[] paid = [.. Enumerable.Range(1, 5).Select(number => new PaymentAccepted(Guid.NewGuid(), number, 10))];

        foreach (var payment in paid)
        {
            await app.Services.PublishAsync(payment);
        }

        var page = await ShippedAsync(client, atLeast: 5);
        Assert.Equal(paid.Select(payment => payment.OrderId).Order(), page.Items.Select(item => item.OrderId).Order());
    }

    /// <summary>What a crash between commit and acknowledgement leads to: the group gets events again that it has handled.</summary>
    [Fact]
    public async Task PaidOrder_DeliveredAgain_IsNotShippedAgain()
    {
        using var app = new ShippingApp();
        using var client = app.CreateClient();
        await app.Services.PublishAsync(new PaymentAccepted(Guid.NewGuid(), 1, 10));
        await ShippedAsync(client, atLeast: 1);

        var log = (IReplayable)app.Services.GetRequiredKeyedService<IEventTransport>("memory");
        await log.SeekAsync("payments", "shipping", ReplayPoint.At(1), Token);
        for (var later = 2; later <= 4; later++)
        {
            // One after the other: when the last is shipped, what came again long before is handled too.
            await app.Services.PublishAsync(new PaymentAccepted(Guid.NewGuid(), later, 10));
            await ShippedAsync(client, atLeast: later);
        }

        var orders = (await ListAsync(client)).Items.Select(item => item.OrderId).ToList();
        Assert.Equal(orders.Distinct(), orders);
        Assert.Equal(4, orders.Count);
    }

    private static Task<ShipmentPageDocument> ShippedAsync(HttpClient client, int atLeast) =>
        EventsOf.UntilAsync(() => ListAsync(client), page => page.Total >= atLeast);

    private static async Task<ShipmentPageDocument> ListAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<ShipmentPageDocument>("/shipments", Token))!;
}
