using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Shop.Web.Outages;

namespace Shop.Web.Catalog;

/// <summary>Calls the catalog by its name; an instance is picked for each attempt.</summary>
/// <remarks>All methods throw <see cref="ServiceOutageException"/> when no instance gives an answer.</remarks>
internal sealed class CatalogClient(HttpClient http, GuardedCalls calls)
{
    public const string Service = "catalog";

    public Task<ProductPage> SearchAsync(
        string? search, string? category, int page, int pageSize, CancellationToken cancellationToken)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"/products?page={page}&pageSize={pageSize}");
        address = search is null ? address : QueryHelpers.AddQueryString(address, "search", search);
        address = category is null ? address : QueryHelpers.AddQueryString(address, "category", category);
        return GetAsync<ProductPage>(address, cancellationToken);
    }

    public Task<Category[]> GetCategoriesAsync(CancellationToken cancellationToken) =>
        GetAsync<Category[]>("/categories", cancellationToken);

    /// <returns>The product, or <see langword="null"/> when there is none.</returns>
    public Task<Product?> FindAsync(string id, CancellationToken cancellationToken) => calls.RunAsync(Service, async () =>
    {
        using var answer = await http.GetAsync($"/products/{Uri.EscapeDataString(id)}", cancellationToken);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<Product>(cancellationToken);
    }, cancellationToken);

    /// <returns>The products by id; unknown ids are left out.</returns>
    public async Task<Dictionary<string, Product>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var query = string.Join('&', ids.Select(id => $"id={Uri.EscapeDataString(id)}"));
        var products = await GetAsync<Product[]>($"/products/batch?{query}", cancellationToken);
        return products.ToDictionary(product => product.Id);
    }

    private Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        calls.RunAsync(Service, async () => (await http.GetFromJsonAsync<T>(path, cancellationToken))!, cancellationToken);
}
