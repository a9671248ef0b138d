using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CloudNative.Shop.Tests.Catalog;
using CloudNative.Testing;

namespace CloudNative.Shop.Tests.Ordering;

public sealed class OrderTests : IDisposable
{
    private readonly CatalogApp _catalog = new();
    private readonly OrderingApp _app;
    private readonly HttpClient _client;

    public OrderTests()
    {
        _app = new OrderingApp(_catalog.Server.CreateHandler);
        _client = _app.CreateClient();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static object TwoSkillets { get; } = Lines(("cast-iron-skillet-26-cm", 2), ("walden", 1));

    [Fact]
    public async Task Place_Order_IsPricedByTheCatalogAndCanBeRead()
    {
        using var answer = await PlaceAsync(_client, TwoSkillets, "k1");
        var order = await answer.Content.ReadFromJsonAsync<OrderDocument>(Token);
        var read = await _client.GetFromJsonAsync<OrderDocument>(answer.Headers.Location, Token);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((2 * 39.90m) + 9.90m, order!.Total);
        Assert.Equal("Cast-iron skillet, 26 cm", order.Lines[0].Name);
        Assert.Equal(order.Id, read!.Id);
        Assert.Equal(order.Lines, read.Lines);
    }

    [Fact]
    public async Task Place_SameKeyManyTimesAtOnce_OneOrder()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var answer = await PlaceAsync(_client, TwoSkillets, "k1");
            return (answer.StatusCode, Order: await answer.Content.ReadFromJsonAsync<OrderDocument>(Token));
        }));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single(answers.Select(answer => answer.Order!.Id).Distinct());
        Assert.Equal(1, (await ListAsync(_client)).Total);
    }

    [Fact]
    public async Task Place_SameKeyForAnotherOrder_IsRefused()
    {
        using var first = await PlaceAsync(_client, TwoSkillets, "k1");
        using var second = await PlaceAsync(_client, Lines(("walden", 1)), "k1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        Assert.Equal(1, (await ListAsync(_client)).Total);
    }

    [Fact]
    public async Task Place_WithoutKey_IsRefused()
    {
        using var answer = await _client.PostAsJsonAsync("/orders", TwoSkillets, Token);

        await AssertInvalidAsync(answer, "Idempotency-Key");
    }

    [Fact]
    public async Task Place_UnknownProduct_IsRefusedWithItsLine()
    {
        using var answer = await PlaceAsync(_client, Lines(("walden", 1), ("no-such-thing", 1)), "k1");

        await AssertInvalidAsync(answer, "lines[1].productId");
        Assert.Equal(0, (await ListAsync(_client)).Total);
    }

    [Fact]
    public async Task Place_WrongLines_AreRefused()
    {
        using var none = await PlaceAsync(_client, Lines(), "k1");
        using var tooMany = await PlaceAsync(_client, Lines(("walden", 100)), "k2");

        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
    }

    [Fact]
    public async Task Place_CatalogIsDown_503AndNothingIsStored()
    {
        using var app = new OrderingApp(() => new BrokenCatalog());
        using var client = app.CreateClient();

        using var answer = await PlaceAsync(client, TwoSkillets, "k1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(0, (await ListAsync(client)).Total);
    }

    [Fact]
    public async Task Restart_OrdersAndTheirKeysAreKept()
    {
        using var directory = new TemporaryDirectory();
        OrderDocument? before;
        using (var app = new OrderingApp(_catalog.Server.CreateHandler, directory.Path))
        {
            using var answer = await PlaceAsync(app.CreateClient(), TwoSkillets, "k1");
            before = await answer.Content.ReadFromJsonAsync<OrderDocument>(Token);
        }

        using var again = new OrderingApp(_catalog.Server.CreateHandler, directory.Path);
        using var repeated = await PlaceAsync(again.CreateClient(), TwoSkillets, "k1");

        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
        Assert.Equal(before!.Id, (await repeated.Content.ReadFromJsonAsync<OrderDocument>(Token))!.Id);
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
        _catalog.Dispose();
    }

    private static object Lines(params (string ProductId, int Quantity)[] lines) =>
        new { lines = lines.Select(line => new { productId = line.ProductId, quantity = line.Quantity }) };

    private static async Task<HttpResponseMessage> PlaceAsync(HttpClient client, object order, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(order) };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, Token);
    }

    private static async Task<OrderPageDocument> ListAsync(HttpClient client) =>
        (await client.GetFromJsonAsync<OrderPageDocument>("/orders", Token))!;

    private static async Task AssertInvalidAsync(HttpResponseMessage answer, string field)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), error => error.Name == field);
    }
}
