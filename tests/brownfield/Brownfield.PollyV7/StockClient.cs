namespace Brownfield.PollyV7;

/// <summary>How many are left.</summary>
public sealed class StockClient(HttpClient http)
{
    public async Task<string> GetAsync(int id, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"stock/{id}", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync(cancellationToken)
            : $"unknown ({(int)response.StatusCode})";
    }

    public async Task<int> ReserveAsync(int id, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsync(new Uri($"stock/{id}/reserve", UriKind.Relative), null, cancellationToken);
        return (int)response.StatusCode;
    }
}
