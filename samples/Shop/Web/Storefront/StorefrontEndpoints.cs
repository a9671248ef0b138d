using Microsoft.AspNetCore.Mvc;
using Shop.Web.Catalog;
using Shop.Web.Pages;

namespace Shop.Web.Storefront;

/// <summary>Browsing: the shelves, a search, one product.</summary>
internal static class StorefrontEndpoints
{
    private const int PageSize = 24;
    private const int Neighbours = 4;

    public static void MapStorefront(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", BrowseAsync);
        app.MapGet("/products/{id:maxlength(100)}", ProductAsync);
    }

    private static async Task<IResult> BrowseAsync(
        HttpContext context,
        Shells shells,
        CatalogClient catalog,
        CancellationToken cancellationToken,
        [FromQuery(Name = "q")] string? search = null,
        string? shelf = null,
        string? page = null)
    {
        // Whatever stands in the address, there is a page for it; the limits are the catalog's.
        search = Cut(search, 100);
        shelf = Cut(shelf, 50);
        var number = int.TryParse(page, out var given) ? Math.Clamp(given, 1, 10_000) : 1;
        var categories = catalog.GetCategoriesAsync(cancellationToken);
        var products = catalog.SearchAsync(search, shelf, number, PageSize, cancellationToken);
        await Task.WhenAll(categories, products);
        return PageResult.Of<BrowsePage>(
            shells.Make(context),
            ("Categories", await categories),
            ("Products", await products),
            ("Search", search),
            ("Shelf", shelf));
    }

    private static async Task<IResult> ProductAsync(
        string id, HttpContext context, Shells shells, CatalogClient catalog, CancellationToken cancellationToken)
    {
        if (await catalog.FindAsync(id, cancellationToken) is not { } product)
        {
            return TypedResults.NotFound();
        }

        var shelf = await catalog.SearchAsync(null, product.Category, 1, PageSize, cancellationToken);
        var at = shelf.Items.Index().FirstOrDefault(item => item.Item.Id == id).Index;
        Product[] neighbours = [.. Enumerable.Range(1, shelf.Items.Count)
            .Select(step => shelf.Items[(at + step) % shelf.Items.Count])
            .Where(other => other.Id != id)
            .Take(Neighbours)];
        return PageResult.Of<ProductPageView>(shells.Make(context), ("Product", product), ("Neighbours", neighbours));
    }

    private static string? Cut(string? text, int length) =>
        text?.Trim() is { Length: > 0 } trimmed ? trimmed[..Math.Min(length, trimmed.Length)] : null;
}
