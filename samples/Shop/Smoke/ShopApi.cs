using System.Net.Http.Json;

namespace Shop.Smoke;

/// <summary>The shop as its customers see it: HTTP through the gateway. Every request is timed and judged.</summary>
internal sealed class ShopApi(HttpClient http, RequestLog requests, TimeProvider time)
{
    public const string ServedBy = "Served-By";

    /// <summary>A page of the catalog: the ids of its products.</summary>
    public async Task<IReadOnlyList<string>> BrowseAsync(int page, CancellationToken cancellationToken)
    {
        var found = await SendAsync<ItemsPage<Product>>(
            new(HttpMethod.Get, $"/api/catalog/products?page={page}&pageSize=24"), cancellationToken);
        return [.. found?.Items.Select(product => product.Id) ?? []];
    }

    public Task LookAtAsync(string product, CancellationToken cancellationToken) =>
        SendAsync<Product>(new(HttpMethod.Get, $"/api/catalog/products/{product}"), cancellationToken);

    public Task<PlacedOrder?> OrderAsync(PlacedLine[] lines, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/ordering/orders")
        {
            Content = JsonContent.Create(new { lines }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return SendAsync<PlacedOrder>(request, cancellationToken);
    }

    private async Task<T?> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        var began = time.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            requests.Add(request, response, body, time.GetElapsedTime(began));
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<T>(cancellationToken) : null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            requests.AddFailure(request, e.Message, time.GetElapsedTime(began));
            return null;
        }
        finally
        {
            request.Dispose();
        }
    }

    private sealed record Product(string Id);
}
