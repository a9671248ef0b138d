namespace Shop.Ordering.Catalog;

/// <summary>Calls the catalog by its name.</summary>
internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>Looks up products; those that do not exist are left out.</summary>
    /// <exception cref="HttpRequestException">No replica of the catalog gave an answer.</exception>
    /// <exception cref="TimeoutException">No replica of the catalog gave an answer in time.</exception>
    public async Task<Dictionary<string, CatalogProduct>> FindAsync(
        IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var query = string.Join('&', ids.Select(id => $"id={Uri.EscapeDataString(id)}"));
        var products = await http.GetFromJsonAsync<CatalogProduct[]>($"/products/batch?{query}", cancellationToken);
        return products!.ToDictionary(product => product.Id);
    }
}
