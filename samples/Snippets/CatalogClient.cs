namespace Snippets;

/// <summary>A typed client as a service would write it.</summary>
public sealed class CatalogClient(HttpClient http)
{
    /// <summary>Asks the catalog for a product's name.</summary>
    public Task<string> GetNameAsync(int id, CancellationToken cancellationToken) =>
        http.GetStringAsync(new Uri($"/products/{id}/name", UriKind.Relative), cancellationToken);
}
