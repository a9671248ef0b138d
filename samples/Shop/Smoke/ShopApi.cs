using System.Net.Http.Json;

namespace Shop.Smoke;

/// <summary>The shop as its customers see it: HTTP through the gateway. Every request is timed and judged.</summary>
internal sealed class ShopApi : IDisposable
{
    public const string ServedBy = "Served-By";

    private const int PageSize = 100;

    private readonly HttpClient _http;
    private readonly RequestLog _requests;
    private readonly TimeProvider _time;

    public ShopApi(Uri gateway, RequestLog requests, TimeProvider time)
    {
        _http = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(60) };
        _requests = requests;
        _time = time;
    }

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

    public Task<PlacedOrder?> GetOrderAsync(Guid id, CancellationToken cancellationToken) =>
        SendAsync<PlacedOrder>(new(HttpMethod.Get, $"/api/ordering/orders/{id}"), cancellationToken);

    public async Task<long> GetLastNumberAsync(CancellationToken cancellationToken) =>
        (await GetPageAsync(1, 1, cancellationToken)).Items.FirstOrDefault()?.Number ?? 0;

    /// <summary>All orders with a number above this one.</summary>
    public async Task<List<PlacedOrder>> GetOrdersAfterAsync(long number, CancellationToken cancellationToken)
    {
        var orders = new List<PlacedOrder>();
        for (var page = 1; ; page++)
        {
            var found = await GetPageAsync(page, PageSize, cancellationToken);
            orders.AddRange(found.Items.Where(order => order.Number > number));
            if (found.Items.Length < PageSize || found.Items[^1].Number <= number)
            {
                return orders;
            }
        }
    }

    /// <summary>The replicas of a service that the gateway would call now; not counted among the customers' requests.</summary>
    public async Task<string[]> GetReplicasAsync(string service, CancellationToken cancellationToken)
    {
        var replicas = await _http.GetFromJsonAsync<Replica[]>($"/api/services/{service}", cancellationToken);
        return [.. replicas!.Select(replica => replica.Name)];
    }

    public void Dispose() => _http.Dispose();

    private async Task<ItemsPage<PlacedOrder>> GetPageAsync(int page, int size, CancellationToken cancellationToken) =>
        await SendAsync<ItemsPage<PlacedOrder>>(
            new(HttpMethod.Get, $"/api/ordering/orders?page={page}&pageSize={size}"), cancellationToken)
        ?? throw new InvalidOperationException("The orders could not be listed.");

    private async Task<T?> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        var began = _time.GetTimestamp();
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            _requests.Add(request, response, body, _time.GetElapsedTime(began));
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<T>(cancellationToken) : null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _requests.AddFailure(request, e.Message, _time.GetElapsedTime(began));
            return null;
        }
        finally
        {
            request.Dispose();
        }
    }

    private sealed record ItemsPage<T>(T[] Items, int Total);

    private sealed record Product(string Id);

    private sealed record Replica(string Name);
}
