using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CloudNative.TestSupport.PostgreSql;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>The manifests, run: an order goes through all services, also while a pod and the API server are gone.</summary>
public sealed class ShopClusterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shop_OfItsManifests_ShipsOrdersWhileAPodAndTheApiServerAreGone()
    {
        await using var postgres = new PostgreSqlServer();
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var cluster = new ShopCluster();
        await cluster.StartAsync(connectionString, Cancel);
        using var client = new HttpClient { BaseAddress = cluster.AddressOf("gateway") };

        await ShipAnOrderAsync(client, cluster);

        // Nobody takes it out of its slice: callers find out by themselves.
        await cluster.Pods.First(pod => pod.Service == "catalog").KillAsync();
        for (var call = 0; call < 40; call++)
        {
            using var page = await client.GetAsync("/api/catalog/products?page=1&pageSize=3", Cancel);
            Assert.True(page.StatusCode == HttpStatusCode.OK, cluster.Output);
        }

        await cluster.StopServerAsync();
        await ShipAnOrderAsync(client, cluster);
    }

    private static async Task ShipAnOrderAsync(HttpClient client, ShopCluster cluster)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/ordering/orders")
        {
            Content = JsonContent.Create(new { lines = new[] { new { productId = "walden", quantity = 1 } } }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var placed = await client.SendAsync(request, Cancel);
        Assert.True(placed.IsSuccessStatusCode, $"{placed.StatusCode}: {await placed.Content.ReadAsStringAsync(Cancel)}\n{cluster.Output}");
        var order = (await placed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await StatusOfAsync(order) is var status && status != "Shipped")
        {
            Assert.False(patience.IsCancellationRequested, $"{status} after a minute:\n{cluster.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancel);
        }

        async Task<string?> StatusOfAsync(string? id) =>
            (await client.GetFromJsonAsync<JsonElement>($"/api/ordering/orders/{id}", Cancel)).GetProperty("status").GetString();
    }
}
