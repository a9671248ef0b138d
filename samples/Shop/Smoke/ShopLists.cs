using System.Net.Http.Json;

namespace Shop.Smoke;

/// <summary>What the services have stored, read through the gateway. Not the customers' requests, so not counted.</summary>
internal sealed class ShopLists(HttpClient http)
{
    private const int PageSize = 200;

    /// <summary>How long each list is.</summary>
    public async Task<ListLengths> MeasureAsync(CancellationToken cancellationToken) => new(
        (await PageAsync<PlacedOrder>("ordering/orders", 1, 1, cancellationToken)).Total,
        (await PageAsync<Payment>("payments/payments", 1, 1, cancellationToken)).Total,
        (await PageAsync<Shipment>("shipping/shipments", 1, 1, cancellationToken)).Total);

    public Task<List<PlacedOrder>> OrdersAsync(ListLengths since, CancellationToken cancellationToken) =>
        ReadAsync<PlacedOrder>("ordering/orders", since.Orders, cancellationToken);

    public Task<List<Payment>> PaymentsAsync(ListLengths since, CancellationToken cancellationToken) =>
        ReadAsync<Payment>("payments/payments", since.Payments, cancellationToken);

    public Task<List<Shipment>> ShipmentsAsync(ListLengths since, CancellationToken cancellationToken) =>
        ReadAsync<Shipment>("shipping/shipments", since.Shipments, cancellationToken);

    /// <summary>The replicas of a service that the gateway would call now.</summary>
    public async Task<Replica[]> ReplicasAsync(string service, CancellationToken cancellationToken) =>
        [.. (await GetAsync<Replica[]>($"/api/services/{service}", cancellationToken)).Where(replica => replica.TakesCalls)];

    private async Task<List<T>> ReadAsync<T>(string list, int before, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        for (var page = 1; ; page++)
        {
            var found = await PageAsync<T>(list, page, PageSize, cancellationToken);
            items.AddRange(found.Items);
            if (found.Items.Length < PageSize || items.Count >= found.Total - before)
            {
                return [.. items.Take(Math.Max(0, found.Total - before))];
            }
        }
    }

    private Task<ItemsPage<T>> PageAsync<T>(string list, int page, int size, CancellationToken cancellationToken) =>
        GetAsync<ItemsPage<T>>($"/api/{list}?page={page}&pageSize={size}", cancellationToken);

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(path, cancellationToken);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<T>(cancellationToken))!
            : throw new HttpRequestException(
                $"GET {path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
