using System.Net.Http.Json;
using CloudNative.Shop.Tests.Events;

namespace CloudNative.Shop.Tests.Payments;

public sealed class PaymentTests
{
    private static readonly OrderPlaced Order = new(Guid.NewGuid(), 7, DateTimeOffset.UnixEpoch, 12.50m);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_CardApproved_IsPaid()
    {
        using var network = new StubCardNetwork(approves: true);
        using var app = new PaymentsApp(network);

        var payment = await PayAsync(app);

        Assert.True(payment is { Accepted: true, Reason: null, Amount: 12.50m, Attempt: 1 }, payment.ToString());
    }

    [Fact]
    public async Task Order_CardDeclined_IsNotPaidAndTheReasonIsKept()
    {
        using var network = new StubCardNetwork(approves: false);
        using var app = new PaymentsApp(network);

        var payment = await PayAsync(app);

        Assert.True(payment is { Accepted: false, Reason: "too much" }, payment.ToString());
    }

    [Fact]
    public async Task Order_NetworkFailsTwice_IsPaidOnceUnderOneKey()
    {
        using var network = new StubCardNetwork(approves: true, failures: 2);
        using var app = new PaymentsApp(network);

        var payment = await PayAsync(app);

        Assert.True(payment.Accepted);
        Assert.Equal(3, network.Keys.Count);
        Assert.Equal([Order.OrderId.ToString()], network.Keys.Distinct());
    }

    private static async Task<PaymentDocument> PayAsync(PaymentsApp app)
    {
        using var client = app.CreateClient();
        await app.Services.PublishAsync(Order);
        var page = await EventsOf.UntilAsync(
            async () => (await client.GetFromJsonAsync<PaymentPageDocument>("/payments", Token))!, page => page.Total > 0);
        var payment = Assert.Single(page.Items);
        Assert.Equal(Order.OrderId, payment.OrderId);
        return payment;
    }
}
