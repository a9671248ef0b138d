using System.Net;
using System.Net.Http.Json;
using CloudNative.Eventing;
using CloudNative.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace App._1.Tests.Catalog;

public sealed class CatalogTests(CatalogApp app) : IClassFixture<CatalogApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/products/mug", HttpStatusCode.OK)]
    [InlineData("/products/none", HttpStatusCode.NotFound)]
    public async Task Get_Path_Answers(string path, HttpStatusCode expected)
    {
        using var client = app.CreateClient();
        using var response = await client.GetAsync(path, Cancel);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task OrderPlaced_Twice_CountsOnce()
    {
        using var client = app.CreateClient();
        var placed = new OrderPlaced(Guid.NewGuid(), "lamp", Quantity: 2);
        var events = app.Services.GetRequiredService<IEventPublisher>();
        await events.PublishAsync(placed, options: null, Cancel);
        await events.PublishAsync(placed, options: null, Cancel);
        await app.Services.GetRequiredService<EventsTestHarness>().QuiescedAsync(Cancel);
        Assert.Equal(2, await client.GetFromJsonAsync<int>("/products/lamp/ordered", Cancel));
    }
}
