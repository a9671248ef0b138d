namespace Brownfield.Defaults;

/// <summary>What is for sale.</summary>
public sealed class CatalogClient(HttpClient http)
{
    public Task<string> GetNameAsync(int id, CancellationToken cancellationToken) =>
        http.GetStringAsync($"products/{id}", cancellationToken);
}
