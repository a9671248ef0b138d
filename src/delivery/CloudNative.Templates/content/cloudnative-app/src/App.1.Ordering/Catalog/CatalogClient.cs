using System.Net;

namespace App._1.Ordering.Catalog;

/// <summary>Asks the catalog.</summary>
internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>The product, or null when the catalog has none of this id.</summary>
    /// <exception cref="HttpRequestException">No instance of the catalog gave a good answer.</exception>
    public async Task<CatalogProduct?> FindAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/products/{Uri.EscapeDataString(id)}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<CatalogProduct>(cancellationToken);
    }
}
