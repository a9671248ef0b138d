using System.Globalization;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using CloudNative.Shop.Tests.Catalog;
using CloudNative.Shop.Tests.Events;

namespace CloudNative.Shop.Tests.Ordering;

public sealed class OrderStatusTests : IDisposable
{
    private readonly CatalogApp _catalog = new();
    private readonly OrderingApp _app;
    private readonly HttpClient _client;

    public OrderStatusTests()
    {
        _app = new OrderingApp(_catalog.Server.CreateHandler);
        _client = _app.CreateClient();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_PaidAndShipped_IsToldAsSuch()
    {
        var order = await PlaceAsync();
        Assert.Equal("Placed", order.Status);

        await _app.Services.PublishAsync(new PaymentAccepted(order.Id, order.Number, order.Total));
        await UntilAsync(order, "Paid");
        await _app.Services.PublishAsync(new OrderShipped(order.Id, DateTimeOffset.UnixEpoch));
        await UntilAsync(order, "Shipped");
    }

    [Fact]
    public async Task Order_Declined_TellsWhy()
    {
        var order = await PlaceAsync();

        await _app.Services.PublishAsync(new PaymentDeclined(order.Id, "too much"));

        Assert.Equal("too much", (await UntilAsync(order, "Declined")).Reason);
    }

    /// <summary>Two topics are in no order between them.</summary>
    [Fact]
    public async Task Order_ShippedIsHeardBeforePaid_StaysShipped()
    {
        var (order, marker) = (await PlaceAsync(), await PlaceAsync());
        await _app.Services.PublishAsync(new OrderShipped(order.Id, DateTimeOffset.UnixEpoch));
        await UntilAsync(order, "Shipped");

        await _app.Services.PublishAsync(new PaymentAccepted(order.Id, order.Number, order.Total));
        await _app.Services.PublishAsync(new PaymentAccepted(marker.Id, marker.Number, marker.Total));
        await UntilAsync(marker, "Paid");

        Assert.Equal("Shipped", (await FindAsync(order)).Status);
    }

    [Fact]
    public async Task Changes_FollowedFromTheStart_ComeInOrderAndGoOnWhereAReaderStopped()
    {
        var order = await PlaceAsync();
        await _app.Services.PublishAsync(new PaymentAccepted(order.Id, order.Number, order.Total));

        var first = await FollowAsync("/orders/changes?after=0", lastEventId: null, count: 2);
        Assert.Equal(["Placed", "Paid"], first.Select(change => change.Status));

        await _app.Services.PublishAsync(new OrderShipped(order.Id, DateTimeOffset.UnixEpoch));
        var second = await FollowAsync("/orders/changes", first[^1].Sequence, count: 1);
        Assert.Equal("Shipped", second[0].Status);
        Assert.Equal(order.Id, second[0].OrderId);
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
        _catalog.Dispose();
    }

    private async Task<OrderDocument> PlaceAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders")
        {
            Content = JsonContent.Create(new { lines = new[] { new { productId = "walden", quantity = 1 } } }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await _client.SendAsync(request, Token);
        return (await answer.Content.ReadFromJsonAsync<OrderDocument>(Token))!;
    }

    private async Task<OrderDocument> FindAsync(OrderDocument order) =>
        (await _client.GetFromJsonAsync<OrderDocument>($"/orders/{order.Id}", Token))!;

    private Task<OrderDocument> UntilAsync(OrderDocument order, string status) =>
        EventsOf.UntilAsync(() => FindAsync(order), found => found.Status == status);

    private async Task<List<OrderChangeDocument>> FollowAsync(string path, long? lastEventId, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } place)
        {
            request.Headers.Add("Last-Event-ID", place.ToString(CultureInfo.InvariantCulture));
        }

        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        var changes = new List<OrderChangeDocument>();
        await foreach (var item in SseParser.Create(body).EnumerateAsync(Token))
        {
            if (item.EventType == "change")
            {
                changes.Add(JsonSerializer.Deserialize<OrderChangeDocument>(item.Data, JsonSerializerOptions.Web)!);
                Assert.Equal(changes[^1].Sequence.ToString(CultureInfo.InvariantCulture), item.EventId);
            }

            if (changes.Count == count)
            {
                break;
            }
        }

        return changes;
    }
}
