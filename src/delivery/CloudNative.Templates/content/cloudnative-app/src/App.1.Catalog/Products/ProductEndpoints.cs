using Microsoft.AspNetCore.Http.HttpResults;

namespace App._1.Catalog.Products;

/// <summary>The HTTP API of the catalog.</summary>
internal static class ProductEndpoints
{
    public static void MapProducts(this IEndpointRouteBuilder app)
    {
        var products = app.MapGroup("/products");
        products.MapGet("/", List);
        products.MapGet("/{id}", Get);
        products.MapGet("/{id}/ordered", CountOrdered);
    }

    private static Ok<IReadOnlyList<Product>> List(ProductStore store) => TypedResults.Ok(store.Products);

    private static Results<Ok<Product>, NotFound> Get(string id, ProductStore store) =>
        store.Find(id) is { } product ? TypedResults.Ok(product) : TypedResults.NotFound();

    private static Ok<int> CountOrdered(string id, ProductStore store) => TypedResults.Ok(store.CountOrdered(id));
}
