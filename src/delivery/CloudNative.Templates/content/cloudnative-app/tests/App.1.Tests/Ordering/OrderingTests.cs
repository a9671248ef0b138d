using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using App._1.Tests.Catalog;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace App._1.Tests.Ordering;

/// <summary>Ordering with the true catalog behind it.</summary>
public sealed class OrderingTests(CatalogApp catalog) : IClassFixture<CatalogApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Order_HasThePriceOfTheCatalogAndIsPublished()
    {
        await using var app = new OrderingApp(catalog.Server.CreateHandler);
        using var client = app.CreateClient();
        using var response = await client.PostAsJsonAsync("/orders", new { ProductId = "mug", Quantity = 3 }, Cancel);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        var order = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(24.00m, order.GetProperty("total").GetDecimal());
        var stored = await client.GetFromJsonAsync<JsonElement>(response.Headers.Location, Cancel);
        Assert.Equal(24.00m, stored.GetProperty("total").GetDecimal());

        var events = app.Services.GetRequiredService<EventsTestHarness>();
        Assert.Equal("orders.placed.v1", Assert.Single(events.Published).Event.Type);
    }

    [Theory]
    [InlineData("none", 1)]
    [InlineData("mug", 0)]
    public async Task Post_WrongOrder_IsRefused(string productId, int quantity)
    {
        await using var app = new OrderingApp(catalog.Server.CreateHandler);
        using var client = app.CreateClient();
        using var response = await client.PostAsJsonAsync("/orders", new { productId, quantity }, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Post_CatalogIsAway_SaysSo()
    {
        await using var app = new OrderingApp(() => new BrokenHandler());
        using var client = app.CreateClient();
        using var response = await client.PostAsJsonAsync("/orders", new { ProductId = "mug", Quantity = 1 }, Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }
}
